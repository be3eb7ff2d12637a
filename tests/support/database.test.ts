import { expect, test } from 'vitest'
import { openEmbedded } from '../../src/embedded.ts'
import { embeddedConnection, type SqlConnection, withPostgres } from '../../src/migrate.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'

test("a fresh database is migrated, empty and nobody else's", async () => {
  await using mine = await freshDatabase()
  await using yours = await freshDatabase()
  await connected(mine, (connection) => connection.run('create table of_mine (n int)'))
  const found = await connected(yours, (connection) =>
    connection.rows(
      `select to_regclass('of_mine') as of_mine, to_regclass('message') is not null as migrated,
       (select count(*)::int from message) as messages`,
    ),
  )
  expect(found).toEqual([{ of_mine: null, migrated: true, messages: 0 }])
})

async function connected<T>({ env }: FreshDatabase, use: (connection: SqlConnection) => Promise<T>): Promise<T> {
  if (env.DATABASE_URL !== undefined) return withPostgres(env.DATABASE_URL, use)
  const embedded = await openEmbedded(env.DATA_DIR)
  try {
    return await use(embeddedConnection(embedded))
  } finally {
    await embedded.close()
  }
}
