/** The migrations make what schema.prisma says, once; and what does not fit together is refused, with what to do. */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { createDatabase, dropDatabases } from '../scripts/services/postgres-databases.ts'
import { assertMigrated, migrate, type SqlConnection, withConnection, withPostgres } from '../src/migrate.ts'
import { type FreshDatabase, freshDatabase } from './support/database.ts'
import { tablesInDatabase, tablesInSchema } from './support/tables.ts'

const OWN = join(import.meta.dirname, '../prisma/migrations')
const NAMES = readdirSync(OWN).filter((name) => /^\d{14}_/.test(name))

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.dispose())

function connected<T>(use: (connection: SqlConnection) => Promise<T>): Promise<T> {
  const { DATABASE_URL = null, DATA_DIR } = database.env
  return withConnection({ databaseUrl: DATABASE_URL, databaseDirectUrl: null, dataDir: DATA_DIR }, use)
}

/** The migrations there are and one more, or with another text. */
function folderWith(name: string, sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(OWN, folder, { recursive: true })
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
  return folder
}

const recorded = ({ rows }: SqlConnection) =>
  rows<{ name: string; checksum: string; isDone: boolean }>(
    `select migration_name as name, checksum, finished_at is not null and applied_steps_count = 1 as "isDone"
     from _prisma_migrations order by 1`,
  )

test('the database has the tables, columns and keys that schema.prisma tells of, and no others', async () => {
  const schema = tablesInSchema(readFileSync(join(OWN, '../schema.prisma'), 'utf8'))
  expect(schema.size).toBeGreaterThan(10)
  await connected(async (connection) => {
    expect(await tablesInDatabase(connection)).toEqual(schema)
    await connection.run('begin; alter table sent alter seq drop not null; alter table tenant add extra int')
    const changed = await tablesInDatabase(connection)
    await connection.run('rollback')
    const differing = [...schema.keys()].filter((name) => !isDeepStrictEqual(changed.get(name), schema.get(name)))
    expect(differing.sort()).toEqual(['sent', 'tenant'])
  })
})

test("each migration is recorded as applied, with Prisma's checksum: the SHA-256 of its file", async () => {
  const files = NAMES.map((name) => readFileSync(join(OWN, name, 'migration.sql')))
  expect(await connected(recorded)).toEqual(
    NAMES.map((name, i) => ({ name, checksum: createHash('sha256').update(files[i]!).digest('hex'), isDone: true })),
  )
})

test('to migrate once more changes nothing', async () => {
  await connected(async (connection) => {
    const before = [await recorded(connection), await tablesInDatabase(connection)]
    expect(await migrate(connection)).toEqual([])
    await assertMigrated(connection)
    expect([await recorded(connection), await tablesInDatabase(connection)]).toEqual(before)
  })
})

test('a migration that was changed after it had been applied is refused', async () => {
  const folder = folderWith(NAMES[0]!, '-- changed')
  await connected(async (connection) => {
    await expect(migrate(connection, folder)).rejects.toThrow(/was changed after it had been applied; restore its file/)
    await expect(assertMigrated(connection, folder)).rejects.toThrow(/was changed after it had been applied/)
  })
})

test('a database of a newer version is refused, naming what is unknown', async () => {
  const folder = folderWith('20990101000000_newer', 'create table newer (n int)')
  await connected(async (connection) => {
    expect(await migrate(connection, folder)).toEqual(['20990101000000_newer'])
    const told = /migrated by a newer version \(it has 20990101000000_newer, unknown here\); start that version/
    await expect(migrate(connection)).rejects.toThrow(told)
    await expect(assertMigrated(connection)).rejects.toThrow(told)
    await connection.run(`drop table newer; delete from _prisma_migrations where migration_name like '2099%'`)
  })
})

test('who must not migrate at start is told what is missing', async () => {
  const folder = folderWith('20990101000000_pending', 'create table pending (n int)')
  await connected(async (connection) => {
    await expect(assertMigrated(connection, folder)).rejects.toThrow(
      'misses the migration 20990101000000_pending; run "npm run migrate"',
    )
    expect(await connection.rows(`select to_regclass('pending') as pending`)).toEqual([{ pending: null }])
  })
})

test('a migration that fails leaves nothing behind, and is applied when it is mended', async () => {
  const name = '20990101000000_broken'
  const broken = folderWith(name, 'create table half_made (n int);\nselect 1 / 0;')
  const mended = folderWith(name, 'create table half_made (n int);')
  await connected(async (connection) => {
    const before = await recorded(connection)
    await expect(migrate(connection, broken)).rejects.toThrow(
      `The migration ${name} failed and was rolled back: division by zero`,
    )
    expect(await recorded(connection)).toEqual(before)
    expect(await migrate(connection, mended)).toEqual([name])
    await connection.run(`drop table half_made; delete from _prisma_migrations where migration_name = '${name}'`)
  })
})

test('one that fails outside of a transaction is named, and stays in the way until somebody has looked', async () => {
  const name = '20990101000000_outside'
  const folder = folderWith(name, '-- parley:outside-transaction\nselect 1 / 0')
  await connected(async (connection) => {
    await expect(migrate(connection, folder)).rejects.toThrow(new RegExp(`${name}.*division by zero`))
    const told = `${name} failed half-way before; mend the database, then delete its row in _prisma_migrations`
    await expect(migrate(connection, folder)).rejects.toThrow(told)
    await expect(assertMigrated(connection, folder)).rejects.toThrow(told)
    await connection.run(`delete from _prisma_migrations where migration_name = '${name}'`)
  })
})

test('of nodes that start at the same time on an empty database one migrates, the others wait', async ({ skip }) => {
  const given = inject('database')
  if (given.kind === 'pglite') return skip('the embedded database belongs to one process')
  const url = await createDatabase(given.url, `${given.prefix}_empty`)
  onTestFinished(() => dropDatabases(given.url, `${given.prefix}_empty`))
  const applied = await Promise.all([1, 2, 3].map(() => withPostgres(url, (connection) => migrate(connection))))
  expect(applied.flat()).toEqual(NAMES)
  const { size } = await withPostgres(url, tablesInDatabase)
  expect(size).toBeGreaterThan(10)
})
