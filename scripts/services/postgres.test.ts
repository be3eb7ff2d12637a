import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { needs } from '../../tests/support/needs.ts'
import { startPostgres } from './postgres.ts'
import { onServer } from './postgres-databases.ts'

const here = needs('postgres') !== null

test.skipIf(!here)('what was committed outlives kill -9, at the same url; stop leaves nothing behind', async () => {
  await using server = await startPostgres({ fsync: false })
  const url = await server.createDatabase('one')
  await onServer(url, (client) => client.query('create table kept as select 7 as n'))
  await server.kill()
  await expect(onServer(url, (client) => client.query('select 1'))).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await server.start()
  expect(await onServer(url, async (client) => (await client.query('select n from kept')).rows)).toEqual([{ n: 7 }])
  const folder = await onServer(
    url,
    async (client) => (await client.query('show data_directory')).rows[0].data_directory,
  )
  await server.stop()
  expect(existsSync(folder)).toBe(false)
})
