/** The model's truth in the shapes of the kit's own documents: typed by them, so that they cannot drift apart. */
import type {
  EventFragment,
  OwnConversationFragment,
  OwnMessageFragment,
  SharedConversationFragment,
  SharedMessageFragment,
  UserFieldsFragment,
} from '../../client/generated/graphql.ts'
import { membersOf, type Row, type Said, seenBy, type Tables, type Talk, unreadOf, windowOf } from './tables.ts'

export const userOf = (id: string): UserFieldsFragment => ({ id, externalId: id, name: id, avatarUrl: null })

const sharedMessage = (said: Said): SharedMessageFragment => {
  const { authorId, conversationId: _where, reactions, ...rest } = said
  return {
    ...rest,
    ...{ pinnedAt: null, silent: false, urgency: 'NORMAL', metadata: null, inThread: false, alsoInConversation: false },
    ...{ author: userOf(authorId), mentions: [], replyTo: null, threadRoot: null, thread: null },
    reactions: reactions.map(({ emoji, userIds }) => ({ emoji, count: userIds.length })),
  }
}

export const ownMessage = (said: Said, user: string): OwnMessageFragment => ({
  ...sharedMessage(said),
  conversation: { id: said.conversationId },
  reactions: said.reactions.map(({ emoji, userIds }) => ({
    ...{ emoji, count: userIds.length, viewerReacted: userIds.includes(user) },
  })),
})

const sharedConversation = (talk: Talk): SharedConversationFragment => ({
  ...{ id: talk.id, kind: 'GROUP', title: talk.id, topic: null, avatarUrl: null, metadata: null, archivedAt: null },
  ...{ memberCount: membersOf(talk).length, createdAt: talk.createdAt },
})

export function ownConversation(tables: Tables, talk: Talk, user: string): OwnConversationFragment {
  const own = { readSeq: talk.members[user]?.readSeq ?? 0, mutedUntil: null, pinOrder: null, hidden: false }
  const last = seenBy(tables, talk, user).at(-1)
  return {
    ...sharedConversation(talk),
    capabilities: ['POST', 'REACT', 'READ'],
    contact: null,
    viewerUnread: { messages: unreadOf(tables, talk, user), mentions: 0 },
    viewerMembership: { role: 'MEMBER', joinedSeq: windowOf(talk, user)?.from ?? 0, own },
    lastMessage: last ? ownMessage(last, user) : null,
    members: {
      edges: membersOf(talk)
        .slice(0, 2)
        .map((id) => ({ node: { user: userOf(id) } })),
    },
  }
}

/** With what it is about as that is now. */
export function eventOf(tables: Tables, row: Row, cursor: string): EventFragment {
  const { id, seq, stream, conversationId, userId, detail, messageId } = row
  const of = (at: string) => ({ conversation: { id: at } })
  const said = tables.talks[stream]?.messages.find((message) => message.id === messageId)
  const talk = tables.talks[stream]
  const event = {
    ...{ __typename: row.type, cursor, id, seq, actor: row.actorId === null ? null : { id: row.actorId } },
    ...(talk ? { conversation: { id: stream, memberCount: membersOf(talk).length } } : {}),
    ...(said ? { message: sharedMessage(said), emoji: detail } : {}),
    ...(userId ? { user: userOf(userId), role: 'MEMBER' } : {}),
  }
  switch (row.type) {
    case 'ConversationJoined':
      return { ...event, ...of(conversationId ?? '') } as EventFragment
    case 'ReadMarked':
      return { ...event, ...of(conversationId ?? ''), readSeq: Number(detail), threadId: null } as EventFragment
    case 'ConversationLeft':
    case 'MessageHidden':
      return { ...event, conversationId, messageId } as EventFragment
    default:
      return event as EventFragment
  }
}
