import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { brokenFollowers, brokenWhenStalled, serve } from '../../tests/sockets/client.ts'
import { socketContract } from '../../tests/sockets/contract.ts'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'tests/sockets/serve.ts')

socketContract('ws', { program: process.execPath, args: [program, 'ws'] })
socketContract('Bun', { program: join(root, 'node_modules/.bin/bun'), args: [program, 'bun'] })

test('the buffer that is used again breaks frames if it is used while a socket holds it: the suite above would see it', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'parley-frames-'))
  try {
    for (const folder of ['src', 'tests/sockets']) await cp(join(root, folder), join(copy, folder), { recursive: true })
    await cp(join(root, 'package.json'), join(copy, 'package.json'))
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
    await takeOut(join(copy, 'src/gateway/frames.ts'), [
      ' || socket.writableLength > 0',
      '\n  if (!isOwn && socket.writableLength > 0) scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)',
    ])
    await takeOut(join(copy, 'src/gateway/shared-frames.ts'), [
      'if (socket.writableLength > 0) writeJoined(socket, framesOf(head, bodies))\n  else ',
      '  scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)\n  shared = null\n',
    ])
    const server = await serve({ program: process.execPath, args: [join(copy, 'tests/sockets/serve.ts'), 'ws'] })
    expect(await brokenWhenStalled(server.url)).toBeGreaterThan(0)
    expect(await brokenFollowers(server.url)).toBeGreaterThan(0)
    server.process.kill('SIGKILL')
  } finally {
    await rm(copy, { recursive: true })
  }
})

async function takeOut(file: string, parts: readonly string[]): Promise<void> {
  let source = await readFile(file, 'utf8')
  for (const part of parts) {
    expect(source.split(part)).toHaveLength(2)
    source = source.replace(part, '')
  }
  await writeFile(file, source)
}
