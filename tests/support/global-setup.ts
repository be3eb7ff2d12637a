// Once a run and project: one migrated template, of which each test file copies its own database (database.ts).

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { postgresForTests } from '../../scripts/services/postgres.ts'
import { createDatabase, dropDatabases, onServer } from '../../scripts/services/postgres-databases.ts'
import type { TestDatabase } from './database.ts'
import { migrateInto } from './migrate-into.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Vitest tears down only what was set up whole: what fails half-way is closed here.
  await using opened = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'parley-tests-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  opened.defer(removeFolder)
  process.once('exit', removeFolder) // at Ctrl-C vitest exits without a teardown
  project.provide('database', await (project.name === 'postgres' ? postgres : pglite)(folder, opened))
  const whole = opened.move()
  return () => whole.disposeAsync()
}

async function pglite(folder: string): Promise<TestDatabase> {
  const template = join(folder, 'template')
  await migrateInto({ kind: 'pglite', dataDir: template })
  return { kind: 'pglite', folder, template }
}

async function postgres(folder: string, opened: AsyncDisposableStack): Promise<TestDatabase> {
  const server = await postgresForTests()
  if (server === null) throw new Error('expected a PostgreSQL: this project is there only where one is found')
  opened.defer(() => server.stop())
  // The server that TEST_DATABASE_URL names may serve other runs at the same time.
  const prefix = `parley_test_${randomUUID().slice(0, 8)}`
  const template = `${prefix}_template`
  const url = await createDatabase(server.url, template)
  opened.defer(() => dropDatabases(server.url, prefix))
  await migrateInto({ kind: 'postgres', url })
  // A database with a session in it cannot be copied: from here on nobody, autovacuum included, can open the template.
  await onServer(server.url, (client) => client.query(`alter database ${template} allow_connections false`))
  return { kind: 'postgres', folder, template, url: server.url, prefix }
}
