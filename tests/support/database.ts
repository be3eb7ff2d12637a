import { randomUUID } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { createDatabase, dropDatabases } from '../../scripts/services/postgres-databases.ts'

/** Made once a run by global-setup.ts. `template`, a DATA_DIR or a database's name, is migrated and only ever copied. */
export type TestDatabase =
  | { kind: 'pglite'; folder: string; template: string }
  | { kind: 'postgres'; folder: string; template: string; url: string; prefix: string }

declare module 'vitest' {
  interface ProvidedContext {
    database: TestDatabase
  }
}

export interface FreshDatabase extends AsyncDisposable {
  /** What a node's configuration must say to run on this database. */
  env: { DATABASE_URL?: string; DATA_DIR: string }
  /** Close what uses the database before. */
  dispose(): Promise<void>
}

/**
 * A migrated, empty database of one's own, usually one a test file.
 *
 * PGlite: a copy of the template's folder (41 MB, 1,300 files), measured on 2 cores: cpSync 50-130 ms (500 while the
 * disk is behind) and 190 ms to open it; fs.promises.cp took 600-1,200 ms, loadDataDir of a tar 570-950 ms (in memory
 * 390-520), a first start 2,900-3,700 ms. Postgres: `create database ... template` 90-100 ms.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const database = inject('database')
  const DATA_DIR = await mkdtemp(join(database.folder, 'data-'))
  const removeFolder = () => rmSync(DATA_DIR, { recursive: true, force: true })

  if (database.kind === 'pglite') {
    cpSync(join(database.template, 'pg'), join(DATA_DIR, 'pg'), { recursive: true })
    const dispose = async () => removeFolder()
    return { env: { DATA_DIR }, dispose, [Symbol.asyncDispose]: dispose }
  }
  const name = `${database.prefix}_${randomUUID().slice(0, 8)}`
  const DATABASE_URL = await createDatabase(database.url, name, database.template)
  const dispose = async () => {
    await dropDatabases(database.url, name)
    removeFolder()
  }
  return { env: { DATA_DIR, DATABASE_URL }, dispose, [Symbol.asyncDispose]: dispose }
}
