/** One conversation's events for one reader: past, then present, in seq order, none missing, none twice. */
import type { Access } from '../conversations/access.ts'
import { NO_AVERSIONS } from '../conversations/aversions.ts'
import { ChatError } from '../errors.ts'
import { type ChatEvent, type Place, showsOtherPast } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller, Uuid } from '../model.ts'
import { asSeen } from './as-seen.ts'
import type { Averse, AversionsNow } from './aversions-now.ts'
import { asReader, conversationLive, isOwnLeaving, nextOf, type Progress } from './conversation-live.ts'
import type { ConversationCursor } from './cursor.ts'
import { type Delivered, type Live, Passing } from './delivered.ts'
import type { Hub } from './hub.ts'
import type { Hubs } from './hubs.ts'
import type { Log, Read } from './log.ts'
import { type Source, sourceOf } from './source.ts'

interface Dependencies {
  hubs: Hubs
  log: Log
  access: Access
  history: History
  aversionsNow: Pick<AversionsNow, 'of'>
}

interface Request {
  viewer: UserCaller
  conversationId: Uuid
  /** Without one it begins at the newest event. */
  after: ConversationCursor | null
}

type Listening = Omit<Awaited<ReturnType<Access['toListen']>>, 'conversation'>

function forgotten(error: unknown, seq: number): Listening {
  if (error instanceof ChatError && error.code === 'NOT_FOUND') return { upTo: seq, from: seq }
  throw error
}

/** The caller has found that the viewer may listen. Ends by ResyncRequired or AccessRevoked, or when its reader does. */
export function conversationEvents(
  { hubs, log, access, history, aversionsNow }: Dependencies,
  { viewer, conversationId, after }: Request,
): Source {
  const name = { tenantId: viewer.tenantId, streamId: conversationId }
  const progress: Progress = {
    last: after ?? { seq: 0, position: 0n },
    ...{ floor: 0, left: undefined, hidesSome: false, averse: NO_AVERSIONS },
  }
  let averse: Averse | null = null
  /** The database's life in which it was asked whether he may listen: another one may have forgotten that he joined. */
  let life: bigint | null = null
  let ended: 'RESYNC' | 'REVOKED' | 'CANCELLED' | null = null

  const live = conversationLive({ viewer, name, progress, resync: () => end('RESYNC') })
  return sourceOf(run(), { cancel: () => end('CANCELLED'), pushTo: live.pushTo })

  async function* run(): AsyncGenerator<Delivered, void, undefined> {
    const watching = aversionsNow.of(viewer, () => averse && live.averse(averse.now))
    watching.catch(() => undefined) // it is awaited below
    try {
      const { hub, head: first } = await hubs.join(name, live.reader) // listens first
      live.follow(hub)
      const head = first ?? (await read(() => log.head(name)))
      life = head.epoch
      if (!after) progress.last = head.head // at once: what he counts as given is looked at when the database turns out to live another life
      // Asked after the head was read: whoever leaves later does so by an event that this reader will meet.
      const [listening, hides, isKept, aversions] = await Promise.all([
        access.toListen(viewer, conversationId),
        history.hidesIn({ tenantId: viewer.tenantId, userId: viewer.userId, conversationId }),
        after === null || isStored(),
        watching,
      ])
      averse = aversions
      live.averse(averse.now)
      const { upTo } = listening
      progress.floor = listening.from - 1
      progress.left = listening.left
      progress.hidesSome = hides
      if (!after && upTo !== null) progress.last = (await log.placeAt(name, upTo)) ?? { seq: 0, position: 0n } // he learns nothing of how much was said since
      if (!isKept) ended = 'RESYNC'
      if (!ended) yield { kind: 'SUBSCRIBED', cursor: cursor(), at: new Date() }
      if (!ended && upTo !== null && progress.last.seq >= upTo) yield revoked()
      else yield* follow(hub)
      if (ended === 'RESYNC')
        yield { kind: 'RESYNC_REQUIRED', cursor: cursor((await log.head(name)).head), at: new Date() }
    } finally {
      hubs.leave(name, live.reader)
      void watching.then(
        ({ stop }) => stop(),
        () => undefined,
      )
    }
  }

  async function* follow(hub: Hub): AsyncGenerator<Delivered, void, undefined> {
    while (!ended) {
      live.clear()
      if (yield* replay(hub)) return
      if (yield* present()) return
    }
  }

  /** Pages of history until there are no more. Answers true when the viewer's time ended in them. */
  async function* replay(hub: Hub): AsyncGenerator<Delivered, boolean, undefined> {
    for (;;) {
      const { epoch, lives, isLast } = await read(() =>
        hubs.pageAfter(hub, { seq: nextOf(progress) - 1, isOwn: progress.hidesSome }),
      )
      if (ended) return true
      if (epoch !== life) {
        life = epoch
        if (yield* mayNoLonger(progress.last.seq)) return true
        continue
      }
      let isAll = isLast
      const newest = lives.at(-1)
      for (const next of lives) {
        if (ended) return true
        if (!hubs.lives(epoch)) break // the rest of the page may be gone: read again
        if (next.event.seq <= progress.floor) continue // he has left and come back since: what lies between is not for him
        if (next !== newest && live.giveAtOnce(next)) continue // the end of a page waits for its reader
        progress.last = next.place
        yield await visible(next)
        if (showsOtherPast(next.event)) await lookAgain()
        if (!isOwnLeaving(next.event, viewer)) continue
        if (yield* leaving(next.event)) return true
        isAll = false // he has come back: a page that was read since tells of it
        break
      }
      if (ended || (isAll && hubs.lives(epoch))) return ended !== null
    }
  }

  /** What the hub brings, until the queue has overflowed and is empty: then the rest is in the log. */
  async function* present(): AsyncGenerator<Delivered, boolean, undefined> {
    while (!ended) {
      const next = live.shift()
      if (!next && live.fellBehind()) return false
      if (!next) await live.wait()
      else if (next instanceof Passing) {
        if (next.place.seq === progress.last.seq && !live.isUnheard(next)) yield next.forConversation // else it waited too long to be worth anything
      } else if (next.event.seq > nextOf(progress)) return false
      else if (next.event.seq === nextOf(progress)) {
        progress.last = next.place
        yield await visible(next)
        if (showsOtherPast(next.event)) await lookAgain()
        if (isOwnLeaving(next.event, viewer)) return yield* leaving(next.event)
      }
    }
    return true
  }

  /** The conversation may show another part of its past now. Fails closed: who has left meanwhile is told by what follows. */
  async function lookAgain(): Promise<void> {
    const { from } = await access.toListen(viewer, conversationId)
    progress.floor = from - 1
  }

  /** He may have come back since: then all goes on, read from the log. Fails closed. */
  async function* leaving({ seq, at }: ChatEvent): AsyncGenerator<Delivered, boolean, undefined> {
    const gone: Listening = { upTo: seq, from: seq, left: { at, isGone: true } }
    return yield* mayNoLonger(seq, () => gone)
  }

  /** Asked anew, as in another life of the database, which may have forgotten that he ever came. */
  async function* mayNoLonger(
    seq: number,
    otherwise = (error: unknown): Listening => forgotten(error, seq),
  ): AsyncGenerator<Delivered, boolean, undefined> {
    const { upTo, from, left: over } = await access.toListen(viewer, conversationId).catch(otherwise)
    progress.floor = from - 1
    progress.left = over
    if (upTo === null || seq < upTo) return false
    if (!ended) yield revoked()
    return true
  }

  /** Reads until the answer is of the life that this node knows; of another one, what was given must still be stored. */
  async function read<T>(fetch: () => Promise<Read<T>>): Promise<Read<T>> {
    for (;;) {
      const answer = await fetch()
      if (ended || (await hubs.isCurrent(answer.epoch))) return answer
      if (!(await isStored())) ended = 'RESYNC'
    }
  }

  function visible({ forConversation, quotes }: Live): Promise<Delivered> {
    return asSeen(history, forConversation, { reader: asReader(viewer, progress), quotes })
  }

  function isStored(): Promise<boolean> {
    return log.isStored({ ...name, ...progress.last })
  }

  function cursor({ seq, position }: Place = progress.last): ConversationCursor {
    return { kind: 'CONVERSATION', tenantId: viewer.tenantId, conversationId, seq, position }
  }

  /** The last that he hears, whatever the database turns out to have forgotten while he takes it. */
  function revoked(): Delivered {
    ended = 'REVOKED'
    return { kind: 'ACCESS_REVOKED', conversationId, cursor: cursor(), at: new Date() }
  }

  function end(how: 'RESYNC' | 'CANCELLED'): void {
    ended ??= how
    live.end()
  }
}
