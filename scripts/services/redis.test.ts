import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline/promises'
import { expect, test } from 'vitest'
import { findRedis } from './find.ts'
import { startRedis } from './redis.ts'

const NOT_HERE = 'there is no redis-server on this machine'

test('it comes back at the same url after kill -9; stop leaves nothing behind', async ({ skip }) => {
  if (findRedis() === null) skip(NOT_HERE)
  await using server = await startRedis()
  await server.kill()
  await expect(folderOf(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await server.start()
  const folder = await folderOf(server.url)
  expect(existsSync(folder)).toBe(true)
  await server.stop()
  expect(existsSync(folder)).toBe(false)
})

test('a server whose starter was killed ends too, with its folder', async ({ skip }) => {
  if (findRedis() === null) skip(NOT_HERE)
  const program = `
    import { startRedis } from './scripts/services/redis.ts'
    console.log((await startRedis()).url)
    setInterval(() => {}, 1_000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(createInterface(starter.stdout), 'line')
  const folder = await folderOf(url)
  starter.kill('SIGKILL')
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false)
  await expect(folderOf(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

/** As the server tells it: `*2 $3 dir $… /tmp/…`. */
async function folderOf(url: string): Promise<string> {
  const { port, hostname } = new URL(url)
  const socket = connect({ port: Number(port), host: hostname })
  const answered = once(socket, 'data')
  socket.write('CONFIG GET dir\r\n')
  const [answer] = await answered
  socket.destroy()
  return String(answer).split('\r\n')[4] ?? ''
}
