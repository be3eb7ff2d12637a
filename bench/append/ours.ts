/** Messages through the one append, as a node with the configuration's defaults would store them. */
import { memoryBus } from '../../src/bus/memory.ts'
import { loadConfig } from '../../src/config.ts'
import { newUuid } from '../../src/lib/ids.ts'
import { limitsOf } from '../../src/limits.ts'
import { createLog } from '../../src/log.ts'
import type { Append } from '../../src/messages/append.ts'
import { draft } from '../../src/messages/draft.ts'
import { createMetrics } from '../../src/metrics.ts'
import { openDatabase } from '../../src/open-database.ts'
import { createParts } from '../../src/parts.ts'
import { CONVERSATIONS, type Contender, TEXT } from './contender.ts'

const SECRET = 'a secret of benches, long enough for all'

export async function appendContender(databaseUrl: string, opened: AsyncDisposableStack): Promise<Contender> {
  const { db } = await openDatabase(loadConfig({ DATABASE_URL: databaseUrl, SECRETS_KEY: SECRET }), opened)
  const own = { bus: memoryBus(), metrics: createMetrics(), logger: createLog('warn'), secretsKey: SECRET }
  const { tenants, users, append } = createParts({ db, ...own })
  const tenantId = await tenants.create({ slug: 'bench', name: 'Bench' })
  const names = Array.from({ length: CONVERSATIONS }, (_, i) => ({ externalId: `author-${i}`, name: `Author ${i}` }))
  const authors = await users.upsert(tenantId, names)
  const places = await Promise.all(authors.map(({ id: authorId }) => begin(append, { tenantId, authorId })))
  const limits = limitsOf(null)
  return {
    db,
    send(conversation) {
      const place = places[conversation]
      if (!place) throw new Error(`expected a conversation below ${CONVERSATIONS}, not ${conversation}`)
      return append.message({ ...draft({ text: TEXT, clientMessageId: newUuid() }, limits), ...place })
    },
  }
}

async function begin(append: Append, author: { tenantId: string; authorId: string }) {
  const { tenantId, authorId } = author
  const place = { tenantId, authorId, conversationId: newUuid() }
  await append.changes({
    ...place,
    actorId: authorId,
    create: { kind: 'GROUP', title: null, directKey: null },
    changes: [{ change: 'JOINED', userId: authorId, role: 'OWNER' }],
  })
  return place
}
