/** Conversations as they are shown, each by itself and in a list. */
import type { Avoided } from '../safety.ts'
import type { Conversation, ConversationKind, OutboxEntry, UnreadTotals } from '../types.ts'
import { collapsed } from './avoided.ts'
import type { ConversationRecord } from './record.ts'

/** null: it is not known, or there is none. `entries` of the outbox, of this conversation. */
export function conversationOf(
  record: ConversationRecord,
  entries: readonly OutboxEntry[],
  avoided: Avoided,
): Conversation | null {
  const { shared, capabilities, contact, membership, unread, lastMessage, peers } = record
  if (!shared) return null
  const { id, title, topic, avatarUrl, metadata, archivedAt, memberCount, createdAt } = shared
  const kind = shared.kind as ConversationKind
  return {
    id,
    kind,
    title,
    topic,
    avatarUrl,
    metadata,
    archivedAt,
    memberCount,
    createdAt,
    capabilities,
    contact,
    isRequest: contact !== null && !contact.isOwn && contact.state !== 'ACCEPTED',
    membership,
    unread: isRead(record, entries) ? { messages: 0, mentions: 0 } : unread,
    lastMessage: lastMessage && collapsed(lastMessage, avoided),
    peer: kind === 'DIRECT' ? (peers[0] ?? null) : null,
  }
}

/** It will be, as soon as it is told. */
function isRead({ lastMessage }: ConversationRecord, entries: readonly OutboxEntry[]): boolean {
  return entries.some(({ action }) => action.kind === 'read' && action.seq >= (lastMessage?.seq ?? 0))
}

/** Of which one is a member, but for those that are hidden or archived, or that a stranger began and one has not accepted: pinned ones in their order, then by newest activity. */
export function listed(conversations: readonly Conversation[]): Conversation[] {
  return conversations
    .filter(({ membership, archivedAt, isRequest }) => membership && !membership.hidden && !archivedAt && !isRequest)
    .sort((a, b) => pinOrder(a) - pinOrder(b) || (activity(a) < activity(b) ? 1 : -1))
}

/** What strangers have said and the viewer has neither accepted nor declined, newest first; without those whom he has blocked. */
export function requested(conversations: readonly Conversation[], { blocked }: Avoided): Conversation[] {
  return conversations
    .filter(
      ({ isRequest, contact, lastMessage, peer }) =>
        isRequest && contact?.state === 'REQUESTED' && lastMessage && !blocked.has(peer?.id ?? ''),
    )
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

/** Unpinned ones last. */
const pinOrder = ({ membership }: Conversation) => membership?.pinOrder ?? Number.MAX_VALUE
const activity = ({ lastMessage, createdAt }: Conversation) => lastMessage?.createdAt ?? createdAt

/** Of what is listed, without what is muted. */
export function unreadTotals(list: readonly Conversation[], now: number): UnreadTotals {
  const totals = { conversations: 0, messages: 0, mentions: 0 }
  for (const { membership, unread } of list) {
    if (membership?.mutedUntil && Date.parse(membership.mutedUntil) > now) continue
    totals.conversations += unread.messages > 0 ? 1 : 0
    totals.messages += unread.messages
    totals.mentions += unread.mentions
  }
  return totals
}
