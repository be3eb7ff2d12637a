/** `npm run epoch -- raise`: begins a new epoch by hand, where the server cannot tell that it lives another life (a snapshot, a copied data folder). */
import { loadConfig } from '../src/config.ts'
import { StartError } from '../src/errors.ts'
import { assertMigrated, withConnection } from '../src/migrate.ts'
import { orExplain } from './explain.ts'

await orExplain(async () => {
  if (process.argv[2] !== 'raise') throw new StartError('usage: npm run epoch -- raise')
  await withConnection(loadConfig(), async (connection) => {
    await assertMigrated(connection)
    const [others] = await connection.rows<{ count: number }>(
      `select count(*)::integer as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    )
    if (others?.count) throw new StartError(`${others.count} other connections use the database; stop every node first`)
    await connection.run('select log_epoch_now(); select log_epoch_raise((select max(n) + 1 from log_epoch))')
    const [epoch] = await connection.rows<{ n: number }>('select n from log_epoch order by n desc limit 1')
    console.log(`This is epoch ${epoch?.n} now; clients that have more than is stored will be told to read again`)
  })
})
