/** Opens the configured database: migrated, with this server's epoch named. */
import type { Config } from './config.ts'
import { connectEmbedded, connectPostgres, type Db, SESSION } from './db.ts'
import { openEmbedded } from './embedded.ts'
import { onEmbedded, onPostgres, type QueueDatabase } from './jobs/queue.ts'
import { assertMigrated, embeddedConnection, migrate, type SqlConnection, withPostgres } from './migrate.ts'

interface OpenDatabase {
  db: Db
  /** The same one, for the queue of timed work. */
  queueDatabase: QueueDatabase
}

export async function openDatabase(config: Config, opened: AsyncDisposableStack): Promise<OpenDatabase> {
  const prepare = async (connection: SqlConnection) => {
    if (config.migrateOnStart) await migrate(connection)
    else await assertMigrated(connection)
    await connection.run('select log_epoch_now()')
  }
  if (config.databaseUrl) {
    await withPostgres(config.databaseDirectUrl ?? config.databaseUrl, prepare)
    const db = connectPostgres(config.databaseUrl, config.databaseConnections)
    opened.defer(() => db.$disconnect())
    return { db, queueDatabase: onPostgres(config.databaseUrl, SESSION) }
  }
  const embedded = await openEmbedded(config.dataDir)
  opened.defer(() => embedded.close())
  await prepare(embeddedConnection(embedded))
  const db = connectEmbedded(embedded)
  opened.defer(() => db.$disconnect())
  return { db, queueDatabase: onEmbedded(embedded.pglite) }
}
