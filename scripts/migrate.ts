/** `npm run migrate`: applies what is pending, for fleets that start with MIGRATE_ON_START=false. */
import { loadConfig } from '../src/config.ts'
import { migrate, withConnection } from '../src/migrate.ts'
import { orExplain } from './explain.ts'

await orExplain(async () => {
  const applied = await withConnection(loadConfig(), migrate)
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply')
})
