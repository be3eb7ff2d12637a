/** Which streams a feed hears, from which seq to which, and from where on its reader sees: as the memberships say. */
import type { Memberships } from '../conversations/memberships.ts'
import type { Place } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller, Uuid } from '../model.ts'
import { FeedStream, followsAgain } from './feed-stream.ts'
import type { Reader } from './hub.ts'
import type { Hubs } from './hubs.ts'

interface Dependencies {
  hubs: Hubs
  memberships: Memberships
  history: History
  viewer: UserCaller
  streams: Map<Uuid, FeedStream>
  reader: Reader
}

export function feedWindows({ hubs, memberships, history, viewer, streams, reader }: Dependencies) {
  const { tenantId, userId } = viewer

  async function lookForHidden(some: readonly FeedStream[]): Promise<void> {
    const look = async (stream: FeedStream) => {
      if (await history.hidesIn({ tenantId, userId, conversationId: stream.streamId })) stream.hidesSome = true
    }
    await Promise.all(some.map(look))
  }

  return {
    /** All that are open, or ended at or after the position; hubs of open ones are joined. Answers the heads that were read by that. */
    async open(from: bigint): Promise<ReadonlyMap<Uuid, Place>> {
      const heads = new Map<Uuid, Place>()
      for (const window of await memberships.windows({ tenantId, userId, endedSince: from })) {
        const { conversationId: streamId, joinedSeq, leftSeq, visibleFrom, left } = window
        const stream = streams.get(streamId) ?? new FeedStream({ tenantId, streamId })
        streams.set(streamId, stream)
        stream.opens({ from: joinedSeq, to: leftSeq ?? Number.POSITIVE_INFINITY, visibleFrom, left })
      }
      await lookForHidden([...streams.values()].filter(({ streamId }) => streamId !== userId))
      const join = async (stream: FeedStream) => {
        const { head } = await hubs.join(stream, reader)
        if (head) heads.set(stream.streamId, head.head)
      }
      await Promise.all([...streams.values()].filter(followsAgain).map(join))
      return heads
    },

    /**
     * Who left between the reading of his windows and of the heads: the event that tells of it lies before his beginning. Who left after the
     * heads were read is told by that event, which may not have been published yet: his hub is kept until it comes.
     */
    async closeEnded(from: bigint): Promise<void> {
      for (const { conversationId, joinedSeq, leftSeq } of await memberships.windows({
        tenantId,
        userId,
        endedSince: from,
      })) {
        const stream = streams.get(conversationId)
        const window = stream?.windows.find((each) => each.from === joinedSeq)
        if (!stream || !window || leftSeq === null || leftSeq > stream.seq) continue
        window.to = leftSeq
        if (!followsAgain(stream)) hubs.leave(stream, reader)
      }
    },

    /**
     * He has joined at that seq. Also when his leaving before has not been given yet, or when the hub was faster than his own stream:
     * the window is read from its first seq.
     */
    async join(conversationId: Uuid, seq: number): Promise<void> {
      const stream = streams.get(conversationId) ?? new FeedStream({ tenantId, streamId: conversationId }, seq - 1)
      streams.set(conversationId, stream)
      if (!stream.windows.some((window) => window.from === seq)) {
        stream.opens({ from: seq, to: Number.POSITIVE_INFINITY, visibleFrom: seq })
        stream.seq = Math.min(stream.seq, seq - 1) // what came of it before was passed over
      }
      await Promise.all([this.lookAgain(stream), lookForHidden([stream])])
      await hubs.join(stream, reader)
      stream.isBehind = true
    },

    /** The conversation may show another part of its past now than before: in each of his times there. */
    async lookAgain(stream: FeedStream): Promise<void> {
      const { conversation } = await memberships.facts({ tenantId, userId, conversationId: stream.streamId })
      for (const window of stream.windows) window.visibleFrom = conversation?.history === 'ALL' ? 1 : window.from
    },
  }
}
