import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findChromium, findPostgres, findRedis } from './find.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'parley-find-'))
})
afterEach(() => rm(root, { recursive: true }))

test('the newest of the versions that Debian keeps side by side is taken', async () => {
  await installed('postgresql/9/bin', { major: 9 })
  await installed('postgresql/15/bin', { major: 15 })
  await installed('postgresql/17/bin', { major: 17 })
  expect(findPostgres(places(''))).toBe(join(root, 'postgresql/17/bin'))
})

test('the PATH comes first, and a link on it leads to the folder it names', async () => {
  await installed('postgresql/17/bin', { major: 17 })
  await installed('own/bin', { major: 16 })
  await mkdir(join(root, 'links'))
  for (const program of ['initdb', 'postgres'])
    await symlink(join(root, 'own/bin', program), join(root, 'links', program))
  expect(findPostgres(places('links'))).toBe(join(root, 'own/bin'))
})

test('what is too old, half there or a link to nowhere is not found', async () => {
  await installed('postgresql/14/bin', { major: 14 })
  await installed('half', { major: 17 })
  await rm(join(root, 'half/initdb'))
  await mkdir(join(root, 'links'))
  for (const program of ['initdb', 'postgres', 'chromium', 'redis-server'])
    await symlink(join(root, 'gone'), join(root, 'links', program))
  expect(findPostgres(places('half:links'))).toBeNull()
  expect(findChromium(places('links'))).toBeNull()
  expect(findRedis(places('links'))).toBeNull()
})

const places = (path: string) => ({
  path: path
    .split(':')
    .map((folder) => join(root, folder))
    .join(':'),
  debianPostgres: join(root, 'postgresql/*/bin'),
})

async function installed(folder: string, { major }: { major: number }): Promise<void> {
  await mkdir(join(root, folder), { recursive: true })
  for (const program of ['initdb', 'postgres']) {
    const file = join(root, folder, program)
    await writeFile(file, `#!/bin/sh\necho "${program} (PostgreSQL) ${major}.1 (Debian ${major}.1-0)"\n`)
    await chmod(file, 0o755)
  }
}
