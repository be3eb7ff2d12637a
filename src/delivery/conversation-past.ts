/** What a conversation's reader gets before the present, and once something follows for himself from what he got: whatever has to be looked up first. */
import { ChatError } from '../errors.ts'
import { type ChatEvent, type Place, showsOtherPast } from '../events.ts'
import type { UserCaller } from '../model.ts'
import type { ConversationListener, Time } from './conversation-listener.ts'
import { isOwnLeaving } from './conversation-live.ts'
import type { Delivered } from './delivered.ts'
import type { Hub } from './hub.ts'

type Past = AsyncGenerator<Delivered, void, undefined>

/** `upTo`: his time is over there. */
export async function* beginning(listener: ConversationListener, upTo: number | null): Past {
  if (!listener.ended) yield subscribed(listener)
  if (!listener.ended && upTo !== null && listener.live.last.seq >= upTo) yield listener.revoked()
}

let turn: Map<Hub | null, Delivered> | null = null

/** The same for all who begin at one place in one turn of the event loop, as those do who come back together: what is computed from it is shared. */
function subscribed(listener: ConversationListener): Delivered {
  if (!turn) {
    turn = new Map()
    setImmediate(() => {
      turn = null
    })
  }
  const [known, cursor] = [turn.get(listener.hub), listener.cursor()]
  if (known?.cursor.kind === 'CONVERSATION' && isAt(cursor, known.cursor)) return known
  const given: Delivered = { kind: 'SUBSCRIBED', cursor, at: new Date() }
  turn.set(listener.hub, given)
  return given
}

const isAt = (one: Place, other: Place): boolean => one.seq === other.seq && one.position === other.position

/** Pages of history until there are no more. */
export async function* replay(listener: ConversationListener): Past {
  const { parts, live, hub } = listener
  const { hubs } = parts
  while (hub && !listener.ended) {
    const { epoch, lives, isLast } = await listener.read(() =>
      hubs.pageAfter(hub, { seq: live.next - 1, isOwn: live.hidesSome }),
    )
    if (listener.ended) return
    if (epoch !== listener.life) {
      listener.life = epoch
      yield* unlessHeMayStay(listener, live.last.seq)
      continue
    }
    let isAll = isLast
    const newest = lives.at(-1)
    for (const next of lives) {
      if (listener.ended) return
      if (!hubs.lives(epoch)) break // the rest of the page may be gone: read again
      if (next.event.seq <= live.floor) continue // he has left and come back since: what lies between is not for him
      if (next !== newest && live.giveAtOnce(next)) continue // the end of a page waits for its reader
      live.last = next.place
      yield await listener.visible(next)
      if (!isOfConsequence(next.event, live.viewer)) continue
      yield* following(listener, next.event)
      if (!isOwnLeaving(next.event, live.viewer)) continue
      isAll = false // he has come back: a page that was read since tells of it
      break
    }
    if (isAll && hubs.lives(epoch)) return
  }
}

/** Something follows from it for this reader, once he has got it. */
export const isOfConsequence = (event: ChatEvent, viewer: UserCaller): boolean =>
  showsOtherPast(event) || isOwnLeaving(event, viewer)

/** He may have come back since: then all goes on, read from the log. Fails closed. */
export async function* following(listener: ConversationListener, event: ChatEvent): Past {
  const { seq, at } = event
  if (showsOtherPast(event)) await listener.lookAgain()
  if (!isOwnLeaving(event, listener.live.viewer)) return
  yield* unlessHeMayStay(listener, seq, () => ({ upTo: seq, from: seq, left: { at, isGone: true }, joined: null }))
}

async function* unlessHeMayStay(
  listener: ConversationListener,
  seq: number,
  otherwise = (error: unknown): Time => forgotten(error, seq),
): Past {
  const isOver = await listener.isOverAt(seq, otherwise)
  if (isOver && !listener.ended) yield listener.revoked()
}

function forgotten(error: unknown, seq: number): Time {
  if (error instanceof ChatError && error.code === 'NOT_FOUND')
    return { upTo: seq, from: seq, left: undefined, joined: null }
  throw error
}
