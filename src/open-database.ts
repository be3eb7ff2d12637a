/** The database that the configuration picks, ready for use. */
import type { Config } from './config.ts'
import { connectEmbedded, connectPostgres, type Db } from './db.ts'
import { openEmbedded } from './embedded.ts'
import { assertMigrated, embeddedConnection, migrate, type SqlConnection, withPostgres } from './migrate.ts'

/** Migrated, and with this server's epoch named. */
export async function openDatabase(config: Config, opened: AsyncDisposableStack): Promise<Db> {
  const prepare = async (connection: SqlConnection) => {
    if (config.migrateOnStart) await migrate(connection)
    else await assertMigrated(connection)
    await connection.run('select log_epoch_now()')
  }
  if (config.databaseUrl) {
    await withPostgres(config.databaseDirectUrl ?? config.databaseUrl, prepare)
    const db = connectPostgres(config.databaseUrl, config.databaseConnections)
    opened.defer(() => db.$disconnect())
    return db
  }
  const embedded = await openEmbedded(config.dataDir)
  opened.defer(() => embedded.close())
  await prepare(embeddedConnection(embedded))
  const db = connectEmbedded(embedded)
  opened.defer(() => db.$disconnect())
  return db
}
