import { describe, expect, test } from 'vitest'
import { beginConversation, openNodes, say } from '../../tests/support/nodes.ts'
import type { Db } from '../db.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import type { Uuid } from '../model.ts'
import { expireMessages, showOverdue } from './expire-messages.ts'
import type { Job } from './worker.ts'

const LONG_AGO = new Date('2020-01-01T00:00:00.000Z')

async function stage() {
  const nodes = await openNodes({ count: 1, users: ['alice', 'bob'] })
  const { db, users } = nodes
  const parts = nodes.nodes[0]!
  const logged: string[] = []
  let now = 0
  const logger = createLog('warn', { write: (line) => void logged.push(line) })
  const job = expireMessages({ db, append: parts.append, logger, now: () => now })
  return {
    nodes,
    db,
    logged,
    job,
    later(ms: number) {
      now += ms
    },
    conversation: () => beginConversation(parts, users),
    async sayAll(conversationId: Uuid, texts: readonly string[]) {
      for (const text of texts) await say(parts, users[0]!, conversationId, text)
    },
    /** The later it was said, the later it is to go. */
    allAreDue: () => db.$executeRaw`update message set expires_at = ${LONG_AGO}::timestamptz + seq * interval '1 ms'`,
    left: async () => (await db.message.findMany({ where: { deletedAt: null } })).map(({ text }) => text).sort(),
  }
}

async function toTheEnd({ pass }: Job): Promise<void> {
  while ((await pass()) === 'more');
}

/** Messages that say this cannot be changed. */
async function refuse(db: Db, text: string): Promise<() => Promise<void>> {
  await db.$executeRawUnsafe(`create function refuse() returns trigger language plpgsql as $$
    begin if old.text like '${text}' then raise exception 'refused'; end if; return new; end $$`)
  await db.$executeRawUnsafe(
    `create trigger refuse before update of text on message for each row execute function refuse()`,
  )
  return async () => void (await db.$executeRawUnsafe('drop trigger refuse on message'))
}

const numbered = (count: number, what: string) => Array.from({ length: count }, (_, n) => `${what} ${n}`)

describe('a message that cannot go', () => {
  test('holds up no other one for longer than a few seconds, is seen, and goes when it can', async () => {
    const { nodes, db, logged, job, later, conversation, sayAll, allAreDue, left } = await stage()
    await using _ = nodes
    const [here, there] = [await conversation(), await conversation()]
    await sayAll(here, ['poison', ...numbered(120, 'here')])
    await sayAll(there, ['there'])
    await allAreDue()
    const mend = await refuse(db, 'poison')
    const metrics = createMetrics()
    showOverdue({ db, metrics })

    await toTheEnd(job)
    expect(await left()).toContain('poison')
    expect(await left()).not.toContain('there')
    later(5_000)
    await toTheEnd(job)
    expect(await left()).toEqual(['poison'])
    expect(await metrics.text()).toContain('parley_messages_overdue 1\n')
    const { id } = await db.message.findFirstOrThrow({ where: { text: 'poison' } })
    expect(JSON.parse(logged.at(-1)!)).toMatchObject({ messages: [id], msg: expect.stringContaining('at their time') })

    await mend()
    await toTheEnd(job)
    expect(await left()).toEqual(['poison']) // its time has not come again
    later(60_000)
    await toTheEnd(job)
    expect(await left()).toEqual([])
    expect(await metrics.text()).toContain('parley_messages_overdue 0\n')
  })

  test('holds up none even when there are more of it than one page has', async () => {
    const { nodes, db, job, conversation, sayAll, allAreDue, left } = await stage()
    await using _ = nodes
    const [here, there] = [await conversation(), await conversation()]
    await sayAll(here, numbered(210, 'poison'))
    await sayAll(there, numbered(220, 'there'))
    await allAreDue()
    await refuse(db, 'poison%')
    await toTheEnd(job)
    expect((await left()).filter((text) => text.startsWith('there'))).toEqual([])
    expect(await left()).toHaveLength(210)
  })
})

test('two nodes that find the same take it away once', async () => {
  const { nodes, db, job, conversation, sayAll, allAreDue, left } = await stage()
  await using _ = nodes
  const here = await conversation()
  await sayAll(here, numbered(20, 'here'))
  await allAreDue()
  const other = expireMessages({ db, append: nodes.nodes[0]!.append, logger: createLog('silent') })
  await Promise.all([toTheEnd(job), toTheEnd(other)])
  expect(await left()).toEqual([])
  expect(await db.logEvent.count({ where: { streamId: here, kind: 'MESSAGE_DELETED' } })).toBe(20)
})
