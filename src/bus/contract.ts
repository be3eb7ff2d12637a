/** What every bus must do, whatever it runs on: one suite, which each adapter's test calls. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type BusEvent, type Ephemeral, EVENT_VERSION, isEphemeral, type MessageSent } from '../events.ts'
import { newUuid } from '../lib/ids.ts'
import type { Message } from '../model.ts'
import type { Bus } from './bus.ts'

/** The bus on which is published, and the one on which is listened: the same one, or two processes' ends of one. */
export interface Ends {
  near: Bus
  far: Bus
}

export function busContract(name: string, open: () => Promise<Ends>): void {
  describe(`bus contract: ${name}`, () => {
    let near: Bus
    let far: Bus
    let topic: string
    beforeEach(async () => {
      ;({ near, far } = await open())
      topic = `stream:${newUuid()}`
    })
    afterEach(() => Promise.all([near.close(), far.close()]))

    /** Resolves when all that was published before has been heard by those who hear it: events of one publisher come in order or nearly so. */
    async function settled(): Promise<void> {
      for (let i = 0; i < 3; i++) {
        const heard = await listen(`${topic}:last`)
        near.publish(`${topic}:last`, eventOf(i))
        await vi.waitFor(() => expect(heard).toHaveLength(1), { interval: 2, timeout: 5_000 })
      }
    }
    async function listen(to: string): Promise<BusEvent[]> {
      const heard: BusEvent[] = []
      await far.subscribe(to, (event) => heard.push(event))
      return heard
    }

    test('an event reaches every subscriber of its topic, whole and once, and nobody of another topic', async () => {
      const [one, other] = [await listen(topic), await listen(topic)]
      const elsewhere = await listen(`${topic}:x`)
      const event = eventOf(1)
      near.publish(topic, event)
      await settled()
      expect([one, other, elsewhere]).toEqual([[event], [event], []])
    })

    test('what is published after subscribing is heard', async () => {
      const heard = await listen(topic)
      const events = Array.from({ length: 100 }, (_, seq) => eventOf(seq))
      for (const event of events) near.publish(topic, event)
      await settled()
      expect(heard.toSorted((one, other) => seqOf(one) - seqOf(other))).toEqual(events)
    })

    test('nothing is heard after unsubscribing, also what was on its way; others go on', async () => {
      const heard: number[] = []
      const stop = await far.subscribe(topic, (event) => heard.push(seqOf(event)))
      const other = await listen(topic)
      near.publish(topic, eventOf(1))
      stop()
      const atStop = [...heard]
      near.publish(topic, eventOf(2))
      await settled()
      expect(heard).toEqual(atStop)
      expect(other.map(seqOf).sort()).toEqual([1, 2])
    })

    test('to unsubscribe twice, or while an event is given, ends one subscription and no other', async () => {
      const heard: number[] = []
      const stop = await far.subscribe(topic, (event) => {
        const seq = seqOf(event)
        heard.push(seq)
        stop()
        stop()
      })
      const other = await listen(topic)
      near.publish(topic, eventOf(1))
      await settled()
      near.publish(topic, eventOf(2))
      await settled()
      expect(heard).toEqual([1])
      expect(other.map(seqOf)).toEqual([1, 2])
    })

    test('who comes back after all had gone hears again', async () => {
      const stop = await far.subscribe(topic, () => {})
      stop()
      const heard = await listen(topic)
      stop()
      near.publish(topic, eventOf(1))
      await settled()
      expect(heard).toEqual([eventOf(1)])
    })

    test('what is not of the log travels, too', async () => {
      const heard = await listen(topic)
      near.publish(topic, EPHEMERAL)
      await settled()
      expect(heard).toEqual([EPHEMERAL])
    })

    test('the same function may subscribe twice, and is told twice until one of them ends', async () => {
      const heard: number[] = []
      const onEvent = (event: BusEvent) => heard.push(seqOf(event))
      const stop = await far.subscribe(topic, onEvent)
      await far.subscribe(topic, onEvent)
      near.publish(topic, eventOf(1))
      await settled()
      stop()
      near.publish(topic, eventOf(2))
      await settled()
      expect(heard).toEqual([1, 1, 2])
    })

    test('the publisher never runs its readers', async () => {
      const heard = await listen(topic)
      near.publish(topic, eventOf(1))
      expect(heard).toEqual([])
      await settled()
      expect(heard).toHaveLength(1)
    })

    test('to publish where nobody listens, or after the end, is no error', async () => {
      const heard = await listen(topic)
      near.publish(`${topic}:x`, eventOf(1))
      await near.close()
      await far.close()
      near.publish(topic, eventOf(1))
      await new Promise(setImmediate)
      expect(heard).toEqual([])
    })
  })
}

const seqOf = (event: BusEvent): number => (isEphemeral(event) ? Number.NaN : event.seq)

const AT = new Date('2026-11-24T12:00:00.123Z')
const [TENANT, STREAM, AUTHOR, MESSAGE] = Array.from({ length: 4 }, newUuid) as [string, string, string, string]

const EPHEMERAL: Ephemeral = {
  version: EVENT_VERSION,
  kind: 'RECEIPTS_ADVANCED',
  tenantId: TENANT,
  streamId: STREAM,
  at: AT,
  userId: AUTHOR,
  readSeq: 3,
  deliveredSeq: 4,
}

/** With all that is hard to carry: large integers, dates, null, text of every kind. */
export function eventOf(seq: number): MessageSent {
  const message: Message = {
    tenantId: TENANT,
    id: MESSAGE,
    conversationId: STREAM,
    seq,
    authorId: AUTHOR,
    clientMessageId: `client ${seq}`,
    text: 'ä 👋 \u2028 "quoted" \\',
    replyToId: null,
    metadata: { at: '2026-11-24T12:00:00.123Z', big: '9007199254740993', nested: [1, null, { a: true }] },
    createdAt: AT,
    threadId: MESSAGE,
    alsoInConversation: true,
    silent: false,
    urgency: 'URGENT',
    mentions: [{ kind: 'USER', userId: AUTHOR, start: 0, length: 1 }],
    revision: 1,
    editedAt: AT,
    deletedAt: null,
    deletedBy: null,
    pinnedAt: null,
    pinnedBy: null,
    hasThread: false,
    reactionKinds: 2,
    hiddenCount: 0,
    attachmentCount: 0,
    expiresAt: null,
  }
  return {
    version: EVENT_VERSION,
    kind: 'MESSAGE_SENT',
    tenantId: TENANT,
    streamId: STREAM,
    seq,
    position: 2n ** 62n + BigInt(seq),
    epoch: 2n ** 61n + 1n,
    at: AT,
    actorId: AUTHOR,
    message,
  }
}
