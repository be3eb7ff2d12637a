/** Appends, in steps that anything may come between: ids that are taken early, locks that are waited for, commits that come late or never. Mirrors the append functions of prisma/migrations. */
import type { ChatEvent } from '../../src/events.ts'
import type { Message, Uuid } from '../../src/model.ts'
import type { Random } from '../support/adversary.ts'
import type { Clock } from './clock.ts'
import type { Database, Transaction } from './database.ts'
import { CONVERSATIONS, type Row, TENANT, USERS } from './tables.ts'

const BURST = 15

type Wish =
  | { kind: 'MESSAGE_SENT' | 'MESSAGE_EDITED' | 'CONVERSATION_UPDATED' | 'READ_MARKED' | 'MESSAGE_HIDDEN'; on: Uuid }
  /** In or out, whichever it is. */
  | { kind: 'MEMBERSHIP'; on: Uuid; userId: Uuid }

interface Draft {
  rows: Row[]
  said: Message[]
}

interface World {
  clock: Clock
  dice: Random
  database: Database
  /** Told of each commit. */
  publish: (rows: readonly Row[]) => void
}

export function createWriting({ clock, dice, database, publish }: World) {
  const { chance, below, pick } = dice
  const { tables } = database
  let uid = 0
  let running = 0

  async function append(wishes: readonly Wish[]): Promise<void> {
    running++
    await appendNow(wishes)
    running--
  }

  async function appendNow(wishes: readonly Wish[]): Promise<void> {
    const transaction = database.begin()
    if (chance(0.5)) database.takeId(transaction)
    await pause()
    for (const name of streamsOf(wishes)) {
      while (database.isOpen(transaction) && !database.lock(transaction, name)) await pause()
      await pause()
    }
    if (!database.isOpen(transaction)) return // the server died
    const base = database.epochNow()
    database.takeId(transaction)
    const draft = write(transaction, wishes, base)
    await pause()
    if (!database.isOpen(transaction)) return
    const isKept = !chance(0.06)
    database.end(transaction, isKept ? draft : null)
    if (isKept) publish(draft.rows)
  }

  const pause = (): Promise<void> =>
    chance(0.3) ? Promise.resolve() : clock.wait(chance(0.06) ? below(2_500) : below(20))

  function write(transaction: Transaction, wishes: readonly Wish[], base: bigint): Draft {
    const draft: Draft = { rows: [], said: [] }
    const heads = new Map<Uuid, { seq: number; position: bigint }>()
    const members = new Map<Uuid, Set<Uuid>>()
    const membersOf = (streamId: Uuid): Set<Uuid> => {
      const known = members.get(streamId) ?? new Set(USERS.filter((user) => hears(user, streamId)))
      members.set(streamId, known)
      return known
    }
    const hears = (user: Uuid, streamId: Uuid) => user === streamId || tables.isMember(user, streamId)

    function add(streamId: Uuid, kind: ChatEvent['kind'], about: Partial<Pick<Row, 'messageId' | 'userId' | 'more'>>) {
      const last = heads.get(streamId) ?? tables.last(streamId) ?? { seq: 0, position: 0n }
      const own = BigInt(transaction.xid) + base
      const position = own > last.position ? own : last.position
      const seenBy = new Set(membersOf(streamId))
      const place = { streamId, seq: last.seq + 1, position, epoch: base, uid: ++uid, nth: -1 }
      const row: Row = { ...place, kind, at: clock.date(), messageId: null, userId: null, more: {}, ...about, seenBy }
      heads.set(streamId, row)
      draft.rows.push(row)
      return row
    }

    function say(conversationId: Uuid): void {
      const row = add(conversationId, 'MESSAGE_SENT', {})
      const message = messageOf(row, chance(0.2) ? anyMessage(conversationId) : null)
      draft.said.push(message)
      row.messageId = message.id
    }

    function toggle(conversationId: Uuid, userId: Uuid): void {
      if (draft.rows.some((row) => row.streamId === conversationId && row.userId === userId)) return
      const isMember = membersOf(conversationId).has(userId)
      if (!isMember) membersOf(conversationId).add(userId)
      const kind = isMember ? 'MEMBER_LEFT' : 'MEMBER_JOINED'
      const { seq } = add(conversationId, kind, { userId })
      if (isMember) membersOf(conversationId).delete(userId) // his own leaving was the last that he hears
      const more = { conversationId, conversationSeq: seq }
      add(userId, isMember ? 'CONVERSATION_LEFT' : 'CONVERSATION_JOINED', { more })
    }

    for (const wish of wishes) {
      if (wish.kind === 'MEMBERSHIP') toggle(wish.on, wish.userId)
      else if (wish.kind === 'MESSAGE_SENT') say(wish.on)
      else if (wish.kind === 'CONVERSATION_UPDATED') add(wish.on, wish.kind, { more: { changed: ['history'] } })
      else if (wish.kind === 'READ_MARKED') add(wish.on, wish.kind, {})
      else {
        const conversationId = wish.kind === 'MESSAGE_HIDDEN' ? pick(CONVERSATIONS) : wish.on
        const messageId = anyMessage(conversationId)
        if (messageId) add(wish.on, wish.kind, { messageId, more: { conversationId } })
      }
    }
    return draft
  }

  function anyMessage(conversationId: Uuid): Uuid | null {
    const said = tables.rows(conversationId).filter(({ kind }) => kind === 'MESSAGE_SENT')
    return said.length ? pick(said).messageId : null
  }

  return {
    append,
    isQuiet: (): boolean => running === 0,
    /** One to three things at once, as people do them. */
    any: (): void => void append(Array.from({ length: 1 + below(3) }, () => anyWish(dice))),
    /** More than a slow reader's queue holds. */
    burst(): void {
      const on = pick(CONVERSATIONS)
      for (let i = 0; i < BURST; i++) void append([{ kind: 'MESSAGE_SENT', on }])
    },
  }
}

function anyWish({ next, pick }: Random): Wish {
  const what = next()
  const [conversation, userId] = [pick(CONVERSATIONS), pick(USERS)]
  if (what < 0.62) return { kind: 'MESSAGE_SENT', on: conversation }
  if (what < 0.68) return { kind: 'MESSAGE_EDITED', on: conversation }
  if (what < 0.7) return { kind: 'CONVERSATION_UPDATED', on: conversation }
  if (what < 0.8) return { kind: 'READ_MARKED', on: userId }
  if (what < 0.82) return { kind: 'MESSAGE_HIDDEN', on: userId }
  return { kind: 'MEMBERSHIP', on: conversation, userId }
}

/** In the one order in which all take their locks. */
const streamsOf = (wishes: readonly Wish[]): Uuid[] =>
  [...new Set(wishes.flatMap((wish) => (wish.kind === 'MEMBERSHIP' ? [wish.on, wish.userId] : [wish.on])))].sort()

const messageOf = ({ uid, streamId, seq, at }: Row, replyToId: Uuid | null): Message => ({
  tenantId: TENANT,
  id: `m${uid}`,
  conversationId: streamId,
  seq,
  authorId: null,
  clientMessageId: `m${uid}`,
  text: '',
  replyToId,
  metadata: null,
  createdAt: at,
  threadId: null,
  alsoInConversation: false,
  silent: false,
  urgency: 'NORMAL',
  mentions: [],
  revision: 0,
  editedAt: null,
  deletedAt: null,
  deletedBy: null,
  pinnedAt: null,
  pinnedBy: null,
  hasThread: false,
  reactionKinds: 0,
  hiddenCount: 0,
  attachmentCount: 0,
  expiresAt: null,
})
