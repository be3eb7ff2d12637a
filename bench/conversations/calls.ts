/** Each measured operation, as a call by number: it takes the readers and the places in turn, and throws where it did not do what is measured. */
import type { Call } from '../lib/pairs.ts'
import type { Caller } from './caller.ts'
import * as ask from './documents.ts'
import { middleOf, RUNGS, type Side } from './sides.ts'

/** As documents.ts asks. */
const PAGE = 50

const nthOf = <T>(all: readonly T[], nth: number): T => all[nth % all.length] as T

export const send =
  ({ id, author }: Side): Call =>
  async (nth) => {
    const input = { conversationId: id, clientMessageId: crypto.randomUUID(), text: `said as number ${nth}` }
    const { data, ms } = await author.ask<Done<{ message?: unknown }>>(ask.SEND, { input })
    return data.done.message ? ms : refuse(data)
  }

export const newest = ({ id, readers }: Side): Call => messages(ask.NEWEST, (nth) => [nthOf(readers, nth), { id }])
export const middle = ({ id, readers, middles }: Side): Call =>
  messages(ask.MIDDLE, (nth) => [nthOf(readers, nth), { id, place: nthOf(middles, nth) }])
export const around = ({ id, readers, rungs }: Side): Call =>
  messages(ask.AROUND, (nth) => [nthOf(readers, nth), { id, around: nthOf(middleOf(rungs), nth) }])
export const open = ({ id, readers }: Side): Call => messages(ask.OPEN, (nth) => [nthOf(readers, nth), { id }])

const messages =
  (document: string, asked: (nth: number) => [Caller, object]): Call =>
  async (nth) => {
    const [reader, variables] = asked(nth)
    const { data, ms } = await reader.ask<{ conversation: { messages: Edges } }>(document, variables)
    return isFull(data.conversation.messages) ? ms : refuse(data)
  }

/** Each reader in turn goes one rung further: so each call moves a mark. */
export const markRead = ({ readers, rungs }: Side): Call => {
  const marks = new Map<Caller, number>()
  return async (nth) => {
    const reader = nthOf(readers, nth)
    const rung = Math.floor(nth / readers.length)
    if (rung >= RUNGS) throw new Error(`expected at most ${RUNGS * readers.length} calls: ask for fewer rounds`)
    const { data, ms } = await reader.ask<Done<{ conversation?: Marked }>>(ask.MARK_READ, {
      input: { upTo: rungs[rung] },
    })
    const readSeq = data.done.conversation?.viewerMembership.own.readSeq ?? 0
    if (readSeq <= (marks.get(reader) ?? 0)) refuse(data)
    marks.set(reader, readSeq)
    return ms
  }
}

export const totals =
  ({ readers }: Side): Call =>
  async (nth) => {
    const { data, ms } = await nthOf(readers, nth).ask<{ viewer: { unread: { messages: number } } }>(ask.TOTALS, {})
    return data.viewer.unread.messages > 0 ? ms : refuse(data)
  }

/** To the message in the middle, to which one in ten has reacted so: each reader in turn adds his, and takes it away when it is his turn again. */
export const react =
  ({ readers, rungs }: Side): Call =>
  async (nth) => {
    const isAdded = Math.floor(nth / readers.length) % 2 === 0
    const input = { messageId: rungs[RUNGS / 2], emoji: '👍' }
    const reader = nthOf(readers, nth)
    const { data, ms } = await reader.ask<Done<{ message?: Reacted }>>(isAdded ? ask.REACT : ask.UNREACT, { input })
    const [reaction] = data.done.message?.reactions ?? []
    return reaction && reaction.count > 1 && reaction.viewerReacted === isAdded ? ms : refuse(data)
  }

export const memberPage = ({ id, readers, memberMiddles }: Side): Call => {
  return async (nth) => {
    const variables = { id, first: PAGE, place: nthOf(memberMiddles, nth) }
    const { data, ms } = await nthOf(readers, nth).ask<{ conversation: { members: Edges } }>(ask.MEMBERS, variables)
    return isFull(data.conversation.members) ? ms : refuse(data)
  }
}

export const list =
  (lister: Caller): Call =>
  async () => {
    const { data, ms } = await lister.ask<{ conversations: Edges }>(ask.LIST, {})
    return isFull(data.conversations) ? ms : refuse(data)
  }

interface Edges {
  edges: unknown[]
}
interface Reacted {
  reactions: { count: number; viewerReacted: boolean }[]
}
interface Marked {
  viewerMembership: { own: { readSeq: number } }
}
interface Done<Payload> {
  done: Payload
}

const isFull = ({ edges }: Edges): boolean => edges.length >= PAGE

function refuse(data: object): never {
  throw new Error(`expected another answer than ${JSON.stringify(data).slice(0, 2_000)}`)
}
