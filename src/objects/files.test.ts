import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { createFiles } from '../gateway/files.ts'
import { createOwnUrls } from '../lib/own-urls.ts'
import { createSeal } from '../lib/seal.ts'
import { objectsContract } from './contract.ts'
import { openFileObjects } from './files.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-objects-'))
  return folder
}

async function open() {
  const folder = newFolder()
  const urls = createOwnUrls({ seal: createSeal('a secret of tests, long enough for all'), publicOrigin: null })
  const objects = await openFileObjects({ folder, urls })
  const exports = { parts: async () => null } // there are none
  const files = createFiles({ objects, exports, urls })
  const server = createServer((request, response) => void files.serve(request.url ?? '', request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  urls.listensAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const dispose = async () => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true })
  }
  return { objects, folder, dispose }
}

objectsContract('files', open)

test('of what broke off nothing is left in the folder', async () => {
  const { objects, folder, dispose } = await open()
  onTestFinished(dispose)
  for (const [text, bytes] of [
    ['too much', 3],
    ['little', 30],
  ] as const)
    await expect(
      objects.put('a/b', Readable.from([Buffer.from(text)]), { bytes, contentType: 'text/plain' }),
    ).rejects.toThrow('bytes came')
  expect(readdirSync(folder, { recursive: true })).toEqual(['.unfinished'])
})

test.each(['../out', 'a/../../out', '/etc/passwd', 'a//b', '', 'a\0b', '.hidden'])(
  'a key %j touches nothing',
  async (key) => {
    const { objects, dispose } = await open()
    onTestFinished(dispose)
    await expect(async () =>
      objects.put(key, Buffer.from('x'), { bytes: 1, contentType: 'text/plain' }),
    ).rejects.toThrow('expected a key')
    await expect(async () => objects.read(key)).rejects.toThrow('expected a key')
  },
)

test('a folder that cannot be written keeps the server from starting, by name', async () => {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'file'), '')
  const urls = createOwnUrls({ seal: createSeal('a secret of tests, long enough for all'), publicOrigin: null })
  await expect(openFileObjects({ folder: join(folder, 'file'), urls })).rejects.toThrow('OBJECTS_DIR')
})
