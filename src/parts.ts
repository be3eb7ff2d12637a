/** What a node is made of: each part is given those that it rests on, and nobody else makes one. */
import { createConnections } from './accounts/connections.ts'
import { createErasures } from './accounts/erasures.ts'
import { createExports } from './accounts/exports.ts'
import { createLastSeen } from './accounts/last-seen.ts'
import { createRevocations } from './accounts/revocations.ts'
import { createServerKeys } from './accounts/server-keys.ts'
import { createTenants } from './accounts/tenants.ts'
import { createTokens } from './accounts/tokens.ts'
import { createUsers } from './accounts/users.ts'
import type { Bus } from './bus/bus.ts'
import type { Parts } from './context.ts'
import { createAccess } from './conversations/access.ts'
import { createAcquaintances } from './conversations/acquaintances.ts'
import { conversationStores } from './conversations/stores.ts'
import type { Db } from './db.ts'
import { createAversionsNow } from './delivery/aversions-now.ts'
import { createCursors } from './delivery/cursor.ts'
import { createHubs } from './delivery/hubs.ts'
import { createLogReader } from './delivery/log.ts'
import { createTimeline } from './delivery/timeline.ts'
import { announceOn } from './ephemera/announce.ts'
import { createDevices } from './ephemera/devices.ts'
import { createMembersOnline } from './ephemera/members-online.ts'
import { PACE, type Pace } from './ephemera/pace.ts'
import { createPresenceChanges } from './ephemera/presence-changes.ts'
import { createTyping } from './ephemera/typing.ts'
import { type Jobs, noJobs } from './jobs/queue.ts'
import { createSeal } from './lib/seal.ts'
import { queryLimitsWith } from './limits.ts'
import type { Log } from './log.ts'
import { createAppend } from './messages/append.ts'
import { createHistory } from './messages/history.ts'
import { createReactions } from './messages/reactions.ts'
import { createScheduledMessages } from './messages/scheduled.ts'
import { createThreads } from './messages/threads.ts'
import { createModeration, type HookOptions, NO_HOOK } from './moderation/moderation.ts'
import { type FileStore, fileParts, noFiles } from './open-files.ts'
import { ownPresence } from './presence/memory.ts'
import type { Presence } from './presence/presence.ts'
import { memoryRates } from './rates/memory.ts'
import type { Rates } from './rates/rates.ts'
import { databaseHealth } from './workers/database-health.ts'

export function createParts({
  db,
  bus,
  presence = ownPresence(),
  rates = memoryRates(),
  files = noFiles(),
  metrics,
  logger,
  secretsKey,
  queryLimits = queryLimitsWith(null),
  pace = PACE,
  health = databaseHealth({ db, metrics, logger }),
  jobs = noJobs,
  hook = NO_HOOK,
}: {
  db: Db
  bus: Bus
  presence?: Presence
  rates?: Rates
  files?: FileStore
  metrics: Parts['metrics']
  logger: Log
  secretsKey: string
  queryLimits?: Parts['queryLimits']
  pace?: Pace
  health?: Parts['health']
  jobs?: Jobs
  hook?: HookOptions
}): Parts {
  const seal = createSeal(secretsKey)
  const tenants = createTenants({ db, seal })
  const stores = conversationStores({ db })
  const history = createHistory({ db })
  const log = createLogReader({ db })
  const hubs = createHubs({ log, bus, metrics, logger })
  const lastSeen = createLastSeen({ db })
  const acquaintances = createAcquaintances({ db })
  const changes = createPresenceChanges({ bus, presence })
  const append = createAppend({ db, bus, metrics })
  return {
    seal,
    metrics,
    health,
    jobs,
    tenants,
    log,
    tokens: createTokens({ tenants }),
    users: createUsers({ db }),
    serverKeys: createServerKeys({ db }),
    revocations: createRevocations({ db }),
    connections: createConnections({ db }),
    erasures: createErasures({ db }),
    exports: createExports({ db }),
    access: createAccess({ ...stores, history, acquaintances }),
    ...stores,
    append,
    ...createModeration({ db, rates, jobs, append, logger, hook }),
    aversionsNow: createAversionsNow({ bus, store: stores.aversions }),
    history,
    reactions: createReactions({ db }),
    scheduled: createScheduledMessages({ db, jobs }),
    ...fileParts(db, files),
    threads: createThreads({ db }),
    timeline: createTimeline({ db, history }),
    hubs,
    lastSeen,
    changes,
    devices: createDevices({
      presence,
      announce: announceOn(bus),
      isInvisible: lastSeen.isInvisible,
      onError: (error) => logger.warn({ error }, 'the presence of a user is not known or told; it is tried again'),
      leaveMs: pace.leaveMs,
    }),
    membersOnline: createMembersOnline({ changes, hubs, acquaintances }),
    typing: createTyping({ bus, pace: pace.typing }),
    pace,
    cursors: createCursors({ seal }),
    queryLimits,
  }
}
