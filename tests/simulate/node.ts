/** A node: the server's own hubs, cursors and access over the ports of a run. It may die at any moment. */
import { createAccess } from '../../src/conversations/access.ts'
import { createCursors } from '../../src/delivery/cursor.ts'
import { createHubs } from '../../src/delivery/hubs.ts'
import { createSeal } from '../../src/lib/seal.ts'
import type { Log as Logger } from '../../src/log.ts'
import type { Metrics } from '../../src/metrics.ts'
import type { Random } from '../support/adversary.ts'
import { noAversionsNow } from '../support/no-aversions.ts'
import { askingBy } from './asking.ts'
import type { BadBus } from './bad-bus.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import { logPort } from './log-port.ts'
import { historyPort, membershipsPort } from './people-ports.ts'

const TAIL_MS = 1_000

/** One key for all nodes: each reads what another has signed. */
const seal = createSeal('a secret of tests, long enough for all')

export type Node = ReturnType<typeof createNode>

interface World {
  clock: Clock
  dice: Random
  database: Database
  bus: BadBus
  logger: Logger
  mayFail: () => boolean
}

export function createNode({ clock, dice, database, bus: badBus, logger, mayFail }: World) {
  let isDead = false
  let isReady = false
  const ask = askingBy({ clock, dice, isDead: () => isDead, mayFail })
  const { bus, cut } = badBus.connect()
  const log = logPort(database, ask)
  const [memberships, history] = [membershipsPort(database, ask), historyPort(database, ask)]
  const hubs = createHubs({ log, bus, metrics: noMetrics, logger })

  async function pass(): Promise<void> {
    if (isDead) return
    clock.after(TAIL_MS, pass)
    await hubs.tailPass().then(
      () => {
        isReady = true
      },
      () => undefined, // the next one comes in a second
    )
  }
  void pass()

  return {
    hubs,
    log,
    memberships,
    history,
    aversionsNow: noAversionsNow,
    access: createAccess({
      memberships,
      history,
      acquaintances: { of: async () => new Map() } as never,
      aversions: { severed: async (_tenantId, _userId, others) => others.map(() => false) },
    }),
    cursors: createCursors({ seal }),
    /** Whether it takes readers: once it has made a pass. */
    isReady: () => isReady && !isDead,
    die(): void {
      isDead = true
      cut()
    },
  }
}

const noMetric = { set: () => undefined, inc: () => undefined }
const noMetrics = {
  hubs: noMetric,
  holes: noMetric,
  holeReads: noMetric,
  tailRepairs: noMetric,
  logLagSeconds: noMetric,
} as unknown as Metrics
