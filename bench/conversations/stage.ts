/** A PostgreSQL, a node on a database that has been in use for weeks, and whoever calls it. */
import { startPostgres } from '../../scripts/services/postgres.ts'
import { onServer } from '../../scripts/services/postgres-databases.ts'
import { type App, startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import type { Uuid } from '../../src/model.ts'
import { type Caller, caller } from './caller.ts'
import { listOf, longPlace, type Place, readerOf, SMALL, widePlace } from './places.ts'
import { seed } from './seed.ts'
import { type Side, sideOf } from './sides.ts'

const SECRET = 'a secret of benches, long enough for all'
const TOKEN_SECONDS = 3_600
export const LONG_LIST = 5_000

export interface Stage {
  /** Of PostgreSQL. */
  version: string
  app: App
  /** Of many messages, and of few. */
  long: Side
  brief: Side
  /** Of many members, and of few. */
  wide: Side
  narrow: Side
  /** In many conversations, and in few. */
  many: Caller
  few: Caller
}

export async function openStage(
  { messages, members }: { messages: number; members: number },
  opened: AsyncDisposableStack,
): Promise<Stage> {
  // Nothing waits for the disk: that would be the same on both sides, and hide the rest.
  const postgres = opened.use(await startPostgres({ fsync: false }))
  const url = await postgres.createDatabase('bench')
  const [long, brief] = [longPlace(messages, 'far'), longPlace(SMALL.messages, 'near')]
  const [wide, narrow] = [widePlace(members), widePlace(SMALL.members)]
  const [many, few] = [listOf('many', LONG_LIST), listOf('few', SMALL.list)]
  const { app, as } = await seededNode(url, [long, brief, wide, narrow, ...many, ...few], opened)
  const side = (place: Place) => sideOf(place, { as, url })
  const lister = ([place]: Place[]) => as(place ? readerOf(place, 0) : '')
  return {
    version: await versionOf(url),
    app,
    long: await side(long),
    brief: await side(brief),
    wide: await side(wide),
    narrow: await side(narrow),
    many: await lister(many),
    few: await lister(few),
  }
}

/** The first node makes the tables and the tenant; the one that is measured begins when they are filled, as after a deploy. */
async function seededNode(databaseUrl: string, places: readonly Place[], opened: AsyncDisposableStack) {
  const config = loadConfig({ DATABASE_URL: databaseUrl, SECRETS_KEY: SECRET, PORT: '0' })
  const logger = createLog('error')
  const first = await startApp(config, logger)
  const tenantId: Uuid = await first.parts.tenants.create({ slug: 'bench', name: 'Bench' }).finally(() => first.stop())
  await seed(databaseUrl, tenantId, places)
  const app = await startApp(config, logger)
  opened.defer(() => app.stop())
  return {
    app,
    async as(externalId: string): Promise<Caller> {
      const { token } = await app.parts.tokens.make(tenantId, { externalId, ttlSeconds: TOKEN_SECONDS })
      return caller(`${app.url}/graphql`, token)
    },
  }
}

async function versionOf(url: string): Promise<string> {
  return onServer(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
    return rows[0]?.version ?? ''
  })
}
