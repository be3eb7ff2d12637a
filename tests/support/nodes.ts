/** Several nodes in this process on one fresh database and one bus that may be bad: delivery without sockets. */
import { raisedRates } from '../../scripts/raised-rates.ts'
import type { Bus } from '../../src/bus/bus.ts'
import { memoryBus } from '../../src/bus/memory.ts'
import { loadConfig } from '../../src/config.ts'
import type { Parts } from '../../src/context.ts'
import type { Db } from '../../src/db.ts'
import { newUuid } from '../../src/lib/ids.ts'
import { limitsOf } from '../../src/limits.ts'
import { createLog } from '../../src/log.ts'
import { draft } from '../../src/messages/draft.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { UserCaller, Uuid } from '../../src/model.ts'
import { openDatabase } from '../../src/open-database.ts'
import { createParts } from '../../src/parts.ts'
import { freshDatabase } from './database.ts'

const SECRET = 'a secret of tests, long enough for all'

export interface Nodes extends AsyncDisposable {
  db: Db
  nodes: Parts[]
  tenantId: Uuid
  users: UserCaller[]
}

export async function openNodes({
  count,
  users: names,
  bus = memoryBus(),
}: {
  count: number
  users: string[]
  bus?: Bus
}): Promise<Nodes> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const config = loadConfig({ ...database.env, SECRETS_KEY: SECRET })
  const { db } = await openDatabase(config, opened)
  const parts = { db, bus, logger: createLog('silent'), secretsKey: SECRET }
  const nodes = Array.from({ length: count }, () => createParts({ ...parts, metrics: createMetrics() }))
  for (const node of nodes) {
    opened.defer(() => node.hubs.close())
    await node.hubs.tailPass()
  }
  const [first] = nodes as [Parts]
  const tenantId = await first.tenants.create({ slug: 'test', name: 'Test', limits: raisedRates() })
  const users = await first.users.upsert(
    tenantId,
    names.map((name) => ({ externalId: name, name })),
  )
  const byName = new Map(users.map((user) => [user.externalId, user]))
  const callers = names.map((externalId): UserCaller => {
    return {
      kind: 'USER',
      tenantId,
      userId: byName.get(externalId)?.id ?? '',
      externalId,
      role: 'USER',
      knownSince: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
      keyId: newUuid(),
      tokenHash: newUuid(),
      issuedAt: new Date(),
      guestOf: null,
    }
  })
  const all = opened.move()
  return { db, nodes, tenantId, users: callers, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

/** A conversation that the first of them begins, with all of them in it. */
export async function beginConversation({ append }: Parts, [owner, ...others]: UserCaller[]): Promise<Uuid> {
  if (!owner) throw new Error('a conversation needs somebody')
  const conversationId = newUuid()
  const changes = [owner, ...others].map(
    ({ userId }, i) => ({ change: 'JOINED', userId, role: i ? 'MEMBER' : 'OWNER' }) as const,
  )
  await append.changes({
    tenantId: owner.tenantId,
    conversationId,
    actorId: owner.userId,
    create: { kind: 'GROUP', title: null, directKey: null },
    changes,
  })
  return conversationId
}

export function say({ append }: Parts, { tenantId, userId }: UserCaller, conversationId: Uuid, text: string) {
  const clean = draft({ text, clientMessageId: newUuid() }, limitsOf(null))
  return append.message({ ...clean, tenantId, conversationId, authorId: userId })
}
