/** PGlite in DATA_DIR: PostgreSQL inside this process, for one machine and no other server. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { StartError } from './errors.ts'

export interface EmbeddedDatabase {
  pglite: PGlite
  close(): Promise<void>
}

export async function openEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const unlock = lockFolder(dataDir)
  keepByteOrderMarks()
  try {
    const pglite = await PGlite.create(join(dataDir, 'pg'), { relaxedDurability: false })
    return {
      pglite,
      async close() {
        await pglite.close()
        unlock()
      },
    }
  } catch (cause) {
    unlock()
    throw new StartError(
      `The embedded database in ${dataDir} does not open; if the folder is a copy or was cut off while being made, restore it or choose another DATA_DIR`,
      { cause },
    )
  }
}

/**
 * PGlite decodes with a plain TextDecoder, which takes a text's leading U+FEFF for a byte order mark and drops it. It makes a new one after
 * every failed query, so the class itself has to know better, for as long as this process lives.
 */
function keepByteOrderMarks(): void {
  if (new TextDecoder('utf-8').ignoreBOM) return
  const Plain = globalThis.TextDecoder
  globalThis.TextDecoder = class extends Plain {
    constructor(encoding?: string, options?: TextDecoderOptions) {
      super(encoding, { ignoreBOM: true, ...options })
    }
  }
}

/** Made at random once per data folder. */
export function ownSecret(dataDir: string): string {
  const file = join(dataDir, 'secrets-key')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8')
}

/** PGlite would let a second process open the same folder and write to it: so the folder is ours while our pid stands in it. */
function lockFolder(dataDir: string): () => void {
  makeFolder(dataDir)
  const file = join(dataDir, 'server.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new StartError(`DATA_DIR ${dataDir} cannot be written to`, { cause })
      const [pid, start] = readFileSync(file, 'utf8').split(' ')
      if (isRunning(Number(pid), start)) {
        throw new StartError(
          `DATA_DIR ${dataDir} is in use by another server (process ${pid}). Stop it, or give this one another DATA_DIR`,
        )
      }
      rmSync(file, { force: true }) // its process ended without cleaning up
    }
  }
  throw new StartError(`DATA_DIR ${dataDir} is being taken by another server at this moment; start one of them again`)
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
  } catch (cause) {
    throw new StartError(`DATA_DIR ${dataDir} cannot be made (${(cause as Error).message}); choose another one`, {
      cause,
    })
  }
}

function isRunning(pid: number, start: string | undefined): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH' || !pid) return false
  }
  return startOf(pid) === start // a pid may have been given to another program since
}

/** When the process started, where the system tells; else nothing, and the pid alone decides. */
function startOf(pid: number): string {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) ? (readFileSync(stat, 'utf8').split(') ')[1]?.split(' ')[19] ?? '') : ''
}
