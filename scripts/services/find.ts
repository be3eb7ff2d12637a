// Where a program that Parley is tested with stands on this machine. Null when it is not here.

import { execFileSync } from 'node:child_process'
import { existsSync, globSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { environment } from '../environment.ts'

const POSTGRES_MIN_MAJOR = 15

/** Where to look; tests look elsewhere. */
export type Places = { path: string; debianPostgres: string }
const here: Places = { path: environment.path, debianPostgres: '/usr/lib/postgresql/*/bin' }

/** The folder with `initdb` and `postgres`. Debian keeps them off the PATH, one folder a version: the newest counts. */
export function findPostgres(places: Places = here): string | null {
  const debian = globSync(places.debianPostgres).sort((a, b) => majorInPath(b) - majorInPath(a))
  for (const bin of [...places.path.split(delimiter), ...debian]) {
    const initdb = join(bin, 'initdb')
    const postgres = join(bin, 'postgres')
    // A link may stand in a folder of links (or lead nowhere): the folder that counts is the one it leads to.
    if (existsSync(initdb) && existsSync(postgres) && majorOf(postgres) >= POSTGRES_MIN_MAJOR) {
      return dirname(realpathSync(initdb))
    }
  }
  return null
}

export const findRedis = (places: Places = here): string | null => findProgram(['redis-server'], places)

/** An S3 server that checks signatures. */
export const findSwift = (places: Places = here): string | null => findProgram(['swift-proxy-server'], places)

export const findChromium = (places: Places = here): string | null =>
  findProgram(['chromium', 'chromium-browser', 'google-chrome'], places)

function findProgram(names: string[], places: Places): string | null {
  for (const name of names) {
    for (const folder of places.path.split(delimiter)) {
      if (existsSync(join(folder, name))) return join(folder, name)
    }
  }
  return null
}

function majorInPath(bin: string): number {
  return Number(/\/(\d+)\/bin$/.exec(bin)?.[1] ?? 0)
}

// "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
function majorOf(postgres: string): number {
  return Number(/\) (\d+)/.exec(execFileSync(postgres, ['--version'], { encoding: 'utf8' }))?.[1] ?? 0)
}
