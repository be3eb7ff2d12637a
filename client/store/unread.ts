/** How much is unread, counted on from what the server has counted. */
import type { Avoided } from '../safety.ts'
import type { Message, User } from '../types.ts'
import { isAvoided } from './avoided.ts'
import { standsInConversation } from './message.ts'
import type { ConversationRecord } from './record.ts'

/** Who looks, and whose mentions are in vain. */
interface Viewer {
  viewer: User | null
  avoided: Avoided
}

/** A message that was just heard of, for the first time. */
export function countMessage(record: ConversationRecord, message: Message, viewer: Viewer): void {
  const { seq } = message
  if (!standsInConversation(message) || seq === null || seq <= record.countedTo) return
  record.countedTo = seq
  if (!record.membership) return
  if (message.isOwn)
    readUpTo(record, seq) // who says something has read what stands before it
  else if (!message.silent && seq > record.membership.readSeq) {
    const { messages, mentions } = record.unread
    record.unread = { messages: messages + 1, mentions: mentions + (isMentioned(message, viewer) ? 1 : 0) }
  }
}

/** Answers whether what is unread now is known; else it is to be asked. */
export function readUpTo(record: ConversationRecord, seq: number): boolean {
  const { membership } = record
  if (!membership) return true
  record.membership = { ...membership, readSeq: seq }
  if (seq < Math.max(record.countedTo, record.lastMessage?.seq ?? 0)) return false
  record.unread = { messages: 0, mentions: 0 }
  return true
}

/** The server has counted up to its newest message; those that were heard since are counted on. */
export function countedByServer(
  record: ConversationRecord,
  { unread, upTo }: { unread: ConversationRecord['unread'] | null; upTo: number },
  viewer: Viewer,
): void {
  record.unread = unread ?? { messages: 0, mentions: 0 }
  record.countedTo = upTo
  const since = [...record.messages.values()].map(({ message }) => message).filter(({ seq }) => (seq ?? 0) > upTo)
  for (const message of since.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))) countMessage(record, message, viewer)
}

/** By name, or with everybody: HERE is for those who were there then. */
function isMentioned({ mentions, author }: Message, { viewer, avoided }: Viewer): boolean {
  return !isAvoided(avoided, author) && mentions.some(({ kind, userId }) => kind !== 'USER' || userId === viewer?.id)
}
