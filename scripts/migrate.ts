/** `npm run migrate`: applies what is pending, for fleets that start with MIGRATE_ON_START=false. */
import { loadConfig } from '../src/config.ts'
import { migrateTarget } from '../src/migrate.ts'
import { orExplain } from './explain.ts'

await orExplain(async () => {
  const { databaseDirectUrl, databaseUrl, dataDir } = loadConfig()
  const url = databaseDirectUrl ?? databaseUrl
  const applied = await migrateTarget(url ? { kind: 'postgres', url } : { kind: 'pglite', dataDir })
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply')
})
