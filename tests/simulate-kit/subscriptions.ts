/** What the model tells: a user's feed, and one conversation's events, each from where it was, in the order of each stream and in no other. */
import type { EventFragment } from '../../client/generated/graphql.ts'
import type { Clock } from '../simulate/clock.ts'
import type { Random } from '../support/adversary.ts'
import { Refusal } from './refusal.ts'
import { eventOf } from './shapes.ts'
import { allRows, hears, isMember, type Row } from './tables.ts'
import type { Truth } from './truth.ts'

export interface Subscriber {
  user: string
  next(event: EventFragment): void
  complete(): void
}

/** `forgotten`: another life of the database has begun. */
export interface Subscription {
  hear(row: Row): void
  forgotten(): void
  stop(): void
}

interface World {
  truth: Truth
  clock: Clock
  dice: Random
  isPeace(): boolean
}

/** Events pass by a bus: each stream in order, neighbours in any. */
function bus({ clock, dice, isPeace }: World, deliver: (row: Row) => void) {
  const readyAt = new Map<string, number>()
  return (row: Row, notBefore = 0): number => {
    const late = !isPeace() && dice.chance(0.1) ? dice.below(2_000) : dice.below(30)
    const at = Math.max(clock.now() + late, readyAt.get(row.stream) ?? 0, notBefore)
    readyAt.set(row.stream, at)
    clock.after(at - clock.now(), () => deliver(row))
    return at
  }
}

export function feed(world: World, { user, next, complete }: Subscriber, after: string | null): Subscription {
  const { truth, dice } = world
  const on = new Map<number, Row>()
  const [life = 0, given = 0] = (after ?? '').split(':').slice(1).map(Number)
  let watermark = after === null ? truth.tables().position : given
  let isOver = false
  let ownAt = 0
  const cursor = () => `feed:${truth.life()}:${watermark}`
  const pass = bus(world, (row) => on.delete(row.position) && give(row))

  /** All below it was given; it moves on when it likes. */
  function move(): void {
    if (!dice.chance(0.6)) return
    const waiting = [...on.keys()]
    watermark = Math.max(watermark, Math.min(truth.tables().position, ...waiting.map((position) => position - 1)))
  }

  function give(row: Row): void {
    if (isOver) return
    move()
    next(eventOf(truth.tables(), row, cursor()))
    if (row.type === 'MemberLeft' && row.userId === user && !isMember(truth.tables().talks[row.stream], user))
      next({ __typename: 'AccessRevoked', cursor: cursor(), conversationId: row.stream })
  }

  function end(): void {
    isOver = true
    on.clear()
  }

  function resync(): void {
    end()
    watermark = truth.tables().position
    next({ __typename: 'ResyncRequired', cursor: cursor() })
    complete()
  }

  if (after !== null && life !== truth.life()) resync()
  else {
    next({ __typename: 'Subscribed', cursor: cursor() })
    const missed = allRows(truth.tables()).filter((row) => row.position > watermark && hears(truth.tables(), user, row))
    for (const row of missed) {
      watermark = Math.max(watermark, row.position - 1)
      next(eventOf(truth.tables(), row, cursor()))
    }
  }

  return {
    hear(row) {
      if (isOver || !hears(truth.tables(), user, row)) return
      on.set(row.position, row)
      // A conversation is told of once one's own log has told that one has joined it.
      const at = pass(row, row.stream === user ? 0 : ownAt)
      if (row.stream === user || row.userId === user) ownAt = Math.max(ownAt, at)
    },
    forgotten: () => isOver || resync(),
    stop: end,
  }
}

export interface Place {
  conversationId: string
  after: string | null
  afterSeq: number | null
}

/** Throws a Refusal. */
export function listen(world: World, { user, next, complete }: Subscriber, place: Place): Subscription {
  const { truth } = world
  const { conversationId, after, afterSeq } = place
  const talk = () => truth.tables().talks[conversationId]
  if (!isMember(talk(), user)) throw new Refusal('NOT_FOUND')
  const named = after === null ? null : after.split(':')
  const newest = talk()?.log.at(-1)
  let last = { seq: newest?.seq ?? 0, id: newest?.id ?? '' }
  if (named) last = { seq: Number(named[1]), id: named[2] ?? '' }
  else if (afterSeq !== null) {
    const row = talk()?.log[afterSeq - 1]
    if (!row && afterSeq > 0) throw new Refusal('INVALID_INPUT')
    last = { seq: afterSeq, id: row?.id ?? '' }
  }
  let isOver = false
  const cursor = () => `talk:${last.seq}:${last.id}`
  const isKept = () => last.seq === 0 || talk()?.log[last.seq - 1]?.id === last.id
  const pass = bus(world, give)

  function give(row: Row): void {
    if (isOver || row.seq !== last.seq + 1 || truth.tables().talks[row.stream]?.log[row.seq - 1]?.id !== row.id) return
    last = row
    next(eventOf(truth.tables(), row, cursor()))
    if (row.type !== 'MemberLeft' || row.userId !== user || isMember(talk(), user)) return
    next({ __typename: 'AccessRevoked', cursor: cursor(), conversationId })
    isOver = true
    complete()
  }

  function forgotten(): void {
    if (isOver || isKept()) return
    isOver = true
    last = talk()?.log.at(-1) ?? { seq: 0, id: '' }
    next({ __typename: 'ResyncRequired', cursor: cursor() })
    complete()
  }

  if (isKept()) {
    next({ __typename: 'Subscribed', cursor: cursor() })
    for (const row of [...(talk()?.log ?? [])].slice(last.seq)) give(row)
  } else forgotten()

  return {
    hear: (row) => void (row.stream === conversationId && pass(row)),
    forgotten,
    stop() {
      isOver = true
    },
  }
}
