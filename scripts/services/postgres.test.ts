import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
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
  const folder = await folderOf(server.url)
  await server.stop()
  expect(existsSync(folder)).toBe(false)
})

test.skipIf(!here)('a server whose starter was killed ends too, with its folder', async () => {
  const program = `
    import { startPostgres } from './scripts/services/postgres.ts'
    console.log((await startPostgres({ fsync: false })).url)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(createInterface(starter.stdout), 'line')
  const folder = await folderOf(url)
  starter.kill('SIGKILL')
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false)
  await expect(folderOf(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

async function folderOf(url: string): Promise<string> {
  return onServer(url, async (client) => (await client.query('show data_directory')).rows[0].data_directory)
}
