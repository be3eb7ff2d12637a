/**
 * All of a viewer's conversations and his own stream for one reader, with one cursor: past, then present. Listens first; replays what stands
 * between the cursor's watermark and the horizon, merged in position order; reads each stream's rest by seq; is live.
 * Events of the last moments before a cut may come again after it, with the same seq.
 */
import { NO_AVERSIONS } from '../conversations/aversions.ts'
import type { Memberships } from '../conversations/memberships.ts'
import { type ChatEvent, type Place, showsOtherPast } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller, Uuid } from '../model.ts'
import { asSeen } from './as-seen.ts'
import type { Averse, AversionsNow } from './aversions-now.ts'
import type { FeedCursor } from './cursor.ts'
import { type Delivered, Live, Passing } from './delivered.ts'
import { feedLive, type Heard } from './feed-live.ts'
import { type FeedStream, followsAgain, ownStream, windowAt } from './feed-stream.ts'
import { feedWindows } from './feed-windows.ts'
import type { Reader } from './hub.ts'
import type { Hubs } from './hubs.ts'
import { type Log, PAGE, type Read } from './log.ts'
import { type Source, sourceOf } from './source.ts'

interface Dependencies {
  hubs: Hubs
  log: Log
  memberships: Memberships
  history: History
  aversionsNow: Pick<AversionsNow, 'of'>
}

interface Request {
  viewer: UserCaller
  after: FeedCursor | null
}

export function feed(
  { hubs, log, memberships, history, aversionsNow }: Dependencies,
  { viewer, after }: Request,
): Source {
  const { tenantId, userId } = viewer
  const streams = new Map<Uuid, FeedStream>([[userId, ownStream(viewer)]])
  let averse: Averse | null = null
  const aversions = () => averse?.now ?? NO_AVERSIONS
  const live = feedLive({ userId, streams, averse: aversions, now: hubs.mark })
  let isReplaying = true
  let ended: 'RESYNC' | 'CANCELLED' | null = null

  const reader: Reader = {
    tenantId,
    get isReplaying() {
      return isReplaying
    },
    given: () => [...streams.values()].flatMap(({ streamId, last }) => (last ? [{ tenantId, streamId, ...last }] : [])),
    hear: live.hear,
    overhear: live.overhear,
    resync: () => end('RESYNC'),
  }
  const windows = feedWindows({ hubs, memberships, history, viewer, streams, reader })
  return sourceOf(run(), { cancel: () => end('CANCELLED'), pushTo: live.pushTo })

  async function* run(): AsyncGenerator<Delivered, void, undefined> {
    try {
      await hubs.join({ tenantId, streamId: userId }, reader) // his own stream before all: it tells of the others
      averse = await aversionsNow.of(viewer)
      const { epoch, horizon } = await read(() => log.horizon())
      if (epoch === null || (after && (after.epoch !== epoch || after.watermark > horizon))) ended = 'RESYNC'
      else {
        const from = after?.watermark ?? horizon
        live.setMark({ epoch, horizon: from < horizon ? from : horizon })
        if (!after) await beginNow(from)
        yield { kind: 'SUBSCRIBED', cursor: cursor(), at: new Date() }
        if (after) yield* replay(from, horizon)
        yield* follow()
      }
      if (ended === 'RESYNC') yield await resyncRequired()
    } finally {
      for (const stream of streams.values()) hubs.leave(stream, reader)
      averse?.stop()
    }
  }

  // ---------------------------------------------------------------- past

  /** In position order up to the horizon at which it began; an event's cursor is its own position. */
  async function* replay(from: bigint, until: bigint): AsyncGenerator<Delivered, void, undefined> {
    await windows.open(from)
    const { places } = await read(() => log.before(tenantId, [...streams.keys()], from))
    for (const { streamId, isBehind, ...place } of places) mend(streamId, { ...standsAt(place), isBehind })
    for (;;) {
      const { events } = await read(() => log.after(behind(), until))
      for (const event of events) {
        if (ended) return
        given(event.position)
        yield* give(event, events)
      }
      if (ended || events.length < PAGE) break
    }
    if (!ended) given(until)
  }

  function given(upTo: bigint): void {
    if (upTo > live.mark.horizon) live.setMark({ ...live.mark, horizon: upTo })
  }

  /** At the head of each stream: the horizon may lie long before. His own is asked first, since it tells of the others. */
  async function beginNow(from: bigint): Promise<void> {
    const headOf = async (streamId: Uuid, known?: Place) =>
      standsAt(known ?? (await read(() => log.head({ tenantId, streamId }))).head)
    const own = await headOf(userId)
    const known = await windows.open(from)
    const others = [...streams.keys()].filter((streamId) => streamId !== userId)
    const heads = await Promise.all(others.map((streamId) => headOf(streamId, known.get(streamId))))
    for (const [i, streamId] of others.entries()) mend(streamId, heads[i] ?? {})
    mend(userId, own)
    await windows.closeEnded(from)
  }

  /** What stands past the horizon, stream by stream: positions may still come in any order there, seqs do not. */
  async function* catchUp(): AsyncGenerator<Delivered, void, undefined> {
    while (behind().length && !ended) {
      const asked = behind()
      const { epoch, events } = await read(() => log.after(asked))
      if (events.length < PAGE) for (const { streamId } of asked) mend(streamId, { isBehind: false })
      for (const event of events) {
        if (ended) return
        if (!hubs.lives(epoch)) {
          for (const { streamId } of asked) mend(streamId, { isBehind: true }) // the rest of the page may be gone: read again
          break
        }
        yield* give(event, events)
      }
    }
  }

  function mend(streamId: Uuid, how: Partial<Pick<FeedStream, 'seq' | 'last' | 'isBehind' | 'hidesSome'>>): void {
    Object.assign(streams.get(streamId) ?? {}, how)
  }

  /** He counts as having been given what lies before: should the database forget it, he goes by what is not stored. */
  function standsAt({ seq, position }: Place): Pick<FeedStream, 'seq' | 'last'> {
    return { seq, last: { seq, position } }
  }

  function behind() {
    return [...streams.values()]
      .filter((stream) => stream.isBehind)
      .map(({ streamId, seq }) => ({ tenantId, streamId, seq }))
  }

  // ---------------------------------------------------------------- present

  async function* follow(): AsyncGenerator<Delivered, void, undefined> {
    yield* catchUp()
    isReplaying = false // by now he was also given the leavings that his windows were read from
    while (!ended) {
      yield* catchUp() // streams that were just joined, too
      if (ended) return // meanwhile: what waits may be of a life that he knows nothing of
      const heard = live.shift()
      if (heard?.live instanceof Passing) {
        if (live.isUpTo(heard.live)) yield heard.live.forFeed(live.mark)
      } else if (heard) yield* give(heard.live.event, heard.live, heard)
      else if (ended || behind().length) continue
      else if (live.fellBehind()) for (const stream of streams.values()) stream.isBehind = followsAgain(stream)
      else await live.wait()
    }
  }

  // ---------------------------------------------------------------- giving

  async function* give(event: ChatEvent, readWith: object, heard?: Heard): AsyncGenerator<Delivered, void, undefined> {
    const stream = streams.get(event.streamId)
    if (!stream?.takes(event)) return
    if (heard?.mark) live.moveMark(heard.mark)
    const delivered: Delivered = heard?.mark
      ? heard.live.forFeed(live.mark)
      : { kind: 'EVENT', event, cursor: cursor(), readWith }
    const { visibleFrom = 1, left: isOver } = windowAt(stream, event.seq) ?? {}
    const { hidesSome } = stream
    yield await asSeen(history, delivered, {
      reader: { userId, from: visibleFrom, left: isOver, hidesSome, ignored: aversions().ignored },
      quotes: heard?.live instanceof Live ? heard.live.quotes : null,
    })
    if (event.kind === 'MESSAGE_HIDDEN') mend(event.conversationId, { hidesSome: true })
    if (showsOtherPast(event)) await windows.lookAgain(stream)
    if (event.kind === 'CONVERSATION_JOINED') await windows.join(event.conversationId, event.conversationSeq)
    if (event.kind === 'MEMBER_LEFT' && event.userId === userId) yield* left(stream, event.seq)
  }

  async function* left(stream: FeedStream, seq: number): AsyncGenerator<Delivered, void, undefined> {
    for (const window of stream.windows) if (window.from <= seq && window.to > seq) window.to = seq
    if (followsAgain(stream)) return
    hubs.leave(stream, reader)
    yield { kind: 'ACCESS_REVOKED', conversationId: stream.streamId, cursor: cursor(), at: new Date() }
  }

  // ---------------------------------------------------------------- lives of the database

  async function read<T>(fetch: () => Promise<Read<T>>): Promise<Read<T>> {
    for (;;) {
      const answer = await fetch()
      if (ended || (await hubs.isCurrent(answer.epoch))) return answer
    }
  }

  function cursor(): FeedCursor {
    const { epoch, horizon } = live.mark
    return { kind: 'FEED', tenantId, epoch, watermark: horizon }
  }

  async function resyncRequired(): Promise<Delivered> {
    const { epoch, horizon } = await log.horizon()
    return {
      kind: 'RESYNC_REQUIRED',
      cursor: { kind: 'FEED', tenantId, epoch: epoch ?? 0n, watermark: horizon },
      at: new Date(),
    }
  }

  function end(how: 'RESYNC' | 'CANCELLED'): void {
    ended ??= how
    live.end()
  }
}
