/** `npm ci` ends with this: Prisma's client in src/generated. It needs no engine, and must not try to download one. */
import { spawnSync } from 'node:child_process'

const done = spawnSync('prisma', ['generate'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
  // biome-ignore lint/style/noProcessEnv: handed on as it is.
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
})
process.exitCode = done.status ?? 1
