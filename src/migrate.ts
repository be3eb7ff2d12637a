/**
 * Applies prisma/migrations in order, under an advisory lock, and records them as `prisma migrate deploy` would:
 * either tool may be used on the same database. `npm run migrate` runs this file.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from './config.ts'
import { type EmbeddedDatabase, openEmbedded } from './embedded.ts'
import { StartError } from './errors.ts'

export interface SqlConnection {
  rows<T>(sql: string, values?: unknown[]): Promise<T[]>
  /** Any number of statements. */
  run(sql: string): Promise<void>
}

export type MigrationTarget = { kind: 'pglite'; dataDir: string } | { kind: 'postgres'; url: string }

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** First line of a migration of exactly one statement that must not run inside a transaction (`create index concurrently`). */
const OUTSIDE_TRANSACTION = '-- parley:outside-transaction'
const LOCK = 7_106_113
const MONTHS_AHEAD = 3
const FOLDER = join(import.meta.dirname, '../prisma/migrations')

/** Answers the names it applied. Safe to run by many nodes at once. */
export async function migrate(connection: SqlConnection, folder = FOLDER): Promise<string[]> {
  await takeLock(connection)
  try {
    await connection.run("set lock_timeout = '10s'")
    await connection.run(RECORD)
    const pending = await pendingMigrations(connection, folder)
    for (const migration of pending) await apply(connection, migration)
    await connection.run(`select make_partitions(${MONTHS_AHEAD})`)
    return pending.map((migration) => migration.name)
  } finally {
    await connection.run(`select pg_advisory_unlock(${LOCK})`)
  }
}

/** For MIGRATE_ON_START=false: throws when somebody has yet to run `npm run migrate`. */
export async function assertMigrated(connection: SqlConnection, folder = FOLDER): Promise<void> {
  const [found] = await connection.rows<{ there: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as there`,
  )
  const pending = found?.there ? await pendingMigrations(connection, folder) : migrationsIn(folder)
  if (pending.length)
    throw new StartError(
      `The database misses the migration ${pending[0]?.name}; run "npm run migrate" (MIGRATE_ON_START is false)`,
    )
}

export function migrateTarget(target: MigrationTarget): Promise<string[]> {
  return target.kind === 'postgres' ? withPostgres(target.url, migrate) : withEmbedded(target.dataDir, migrate)
}

/** The configured database, without a pooler in between, for what is done by hand. */
export function withConnection<T>(
  { databaseUrl, databaseDirectUrl, dataDir }: Pick<Config, 'databaseUrl' | 'databaseDirectUrl' | 'dataDir'>,
  use: (connection: SqlConnection) => Promise<T>,
): Promise<T> {
  const url = databaseDirectUrl ?? databaseUrl
  return url ? withPostgres(url, use) : withEmbedded(dataDir, use)
}

async function withEmbedded<T>(dataDir: string, use: (connection: SqlConnection) => Promise<T>): Promise<T> {
  const embedded = await openEmbedded(dataDir)
  try {
    return await use(embeddedConnection(embedded))
  } finally {
    await embedded.close()
  }
}

export async function withPostgres<T>(url: string, use: (connection: SqlConnection) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'parley migrate',
  })
  try {
    await client.connect()
  } catch (cause) {
    throw new StartError(
      `DATABASE_URL: no PostgreSQL answers at ${new URL(url).host} (${(cause as Error).message}). Start it, or mend the variable`,
      { cause },
    )
  }
  try {
    return await use({
      rows: async (sql, values) => (await client.query(sql, values)).rows,
      run: async (sql) => void (await client.query(sql)),
    })
  } finally {
    await client.end()
  }
}

export function embeddedConnection({ pglite }: EmbeddedDatabase): SqlConnection {
  return {
    rows: async <T>(sql: string, values?: unknown[]) => (await pglite.query<T>(sql, values)).rows,
    run: async (sql) => void (await pglite.exec(sql)),
  }
}

/** Polled: a blocking waiter and another's `create index concurrently` would wait for each other. */
async function takeLock(connection: SqlConnection): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 250) {
    const [row] = await connection.rows<{ taken: boolean }>(`select pg_try_advisory_lock(${LOCK}) as taken`)
    if (row?.taken) return
    await wait(250)
  }
  throw new StartError(
    'Another node has been migrating the database for a minute; look at what it waits for, then start again',
  )
}

async function pendingMigrations(connection: SqlConnection, folder: string): Promise<Migration[]> {
  const known = migrationsIn(folder)
  const applied = await connection.rows<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
  )
  for (const row of applied) {
    const migration = known.find(({ name }) => name === row.migration_name)
    if (!migration)
      throw new StartError(
        `The database was migrated by a newer version (it has ${row.migration_name}, unknown here); start that version, or restore a backup`,
      )
    if (!row.finished_at)
      throw new StartError(
        `The migration ${row.migration_name} failed half-way before; mend the database, then delete its row in _prisma_migrations`,
      )
    if (migration.checksum !== row.checksum)
      throw new StartError(
        `The migration ${row.migration_name} was changed after it had been applied; restore its file and add a new migration instead`,
      )
  }
  return known.filter(({ name }) => !applied.some((row) => row.migration_name === name))
}

function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function apply(connection: SqlConnection, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID()
  const done = `update _prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = '${id}'`
  await connection.rows('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
    id,
    checksum,
    name,
  ])
  if (sql.startsWith(OUTSIDE_TRANSACTION)) {
    await connection.run(sql).catch((cause) => {
      throw new StartError(`The migration ${name} failed outside of a transaction: ${(cause as Error).message}`, {
        cause,
      })
    })
    await connection.run(done)
    return
  }
  try {
    await connection.run(`begin;\n${sql}\n;${done}; commit`)
  } catch (cause) {
    await connection.run('rollback')
    await connection.rows('delete from _prisma_migrations where id = $1', [id]) // nothing of it is left
    throw new StartError(`The migration ${name} failed and was rolled back: ${(cause as Error).message}`, { cause })
  }
}

/** The table as Prisma makes it. */
const RECORD = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null, logs text,
  rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`
