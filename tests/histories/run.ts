/**
 * `npm run test:histories -- --seed S --runs N`: random histories of 2,000 operations; what clients rebuild from the events of `feed` equals a
 * fresh read, and unread counts equal a recount. The last line is PASS or FAIL; `--break` spoils something, so that it fails.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres } from '../../scripts/services/find.ts'
import { startPostgres } from '../../scripts/services/postgres.ts'
import { startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { breakages } from './breakage.ts'
import { playHistories } from './histories.ts'
import { readOptions } from './options.ts'

const options = readOptions(process.argv.slice(2))
const database = options.database ?? (findPostgres() ? 'postgres' : 'pglite')
const { seed, runs, from, operations, breakage } = options
console.log(`${runs} histories of ${operations} operations on ${database}, seed ${seed}`)
if (breakage) console.log(`Broken on purpose: ${breakages[breakage]}`)

const report = await withApp((app) => playHistories(app, { seed, runs, from, operations, breakage, say: console.log }))
for (const line of report ?? []) console.log(line)
console.log(report ? `FAIL ${report[0]}` : `PASS ${runs} histories of ${operations} operations, seed ${seed}`)
process.exit(report ? 1 : 0)

async function withApp<Result>(use: (app: Awaited<ReturnType<typeof startApp>>) => Promise<Result>): Promise<Result> {
  await using opened = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'parley-histories-'))
  opened.defer(() => rmSync(folder, { recursive: true, force: true }))
  const server = database === 'postgres' ? opened.use(await startPostgres({ fsync: false })) : null
  const config = loadConfig({
    HOST: 'localhost', // the demo tenant would be seeded on 127.0.0.1
    PORT: '0',
    ADMIN_PORT: '0',
    DATA_DIR: join(folder, 'data'),
    SECRETS_KEY: 'a secret of tests, long enough for all',
    ...(server && { DATABASE_URL: await server.createDatabase('histories') }),
  })
  const app = await startApp(config, createLog('warn'))
  opened.defer(() => app.stop())
  return await use(app)
}
