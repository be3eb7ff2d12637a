/** What clients ask: the same fields of events and of a fresh read, so that the two can be compared. */

export interface ThreadFields {
  replyCount: number
  lastReply: { id: string } | null
}

export interface MessageFields {
  id: string
  seq: number
  text: string
  revision: number
  editedAt: string | null
  deletedAt: string | null
  pinnedAt: string | null
  alsoInConversation: boolean
  silent: boolean
  urgency: string
  author: { id: string } | null
  mentions: { kind: string; start: number; length: number; user: { id: string } | null }[]
  reactions: { emoji: string; count: number }[]
  replyTo: { id: string; seq: number } | null
  threadRoot: { id: string; seq: number; thread: ThreadFields | null } | null
  thread: ThreadFields | null
}

export interface ConversationFields {
  id: string
  kind: string
  title: string | null
  topic: string | null
  visibility: string
  history: 'ALL' | 'FROM_JOIN'
  archivedAt: string | null
  memberCount: number
}

export interface Unread {
  messages: number
  mentions: number
}
export interface Totals extends Unread {
  conversations: number
  replies: number
}

/** What only he himself sees of a conversation. */
export interface OwnFields {
  viewerUnread: Unread | null
  viewerMembership: {
    joinedSeq: number
    role: string
    own: { mutedUntil: string | null; pinOrder: number | null; hidden: boolean; readSeq: number }
  } | null
}

export const MESSAGE = `
  fragment T on Thread { replyCount lastReply { id } }
  fragment M on Message {
    id seq text revision editedAt deletedAt pinnedAt alsoInConversation silent urgency author { id }
    mentions { kind start length user { id } } reactions { emoji count }
    replyTo { id seq } thread { ...T } threadRoot { id seq thread { ...T } }
  }
`
export const CONVERSATION = `
  fragment C on Conversation { id kind title topic visibility history archivedAt memberCount }
`
export const OWN = `
  fragment Own on Conversation {
    viewerUnread { messages mentions } viewerMembership { joinedSeq role own { mutedUntil pinOrder hidden readSeq } }
  }
`

export interface Heard {
  __typename: string
  cursor: string
  id?: string
  seq?: number
  conversation?: ConversationFields & Partial<OwnFields>
  message?: MessageFields | null
  changed?: string[]
  user?: { id: string }
  role?: string
  conversationId?: string
  messageId?: string
  viewerUnread?: Totals
}

/** With `close` he is told of his own settings and counts, too: then each event is executed for him alone. */
export const feedText = (close: boolean): string => `
  subscription ($after: String) {
    feed(after: $after) {
      __typename cursor ${close ? 'viewerUnread { conversations messages mentions replies }' : ''}
      ... on LogEvent { id seq }
      ... on ConversationLogEvent { conversation { ...C ${close ? '...Own' : ''} } }
      ${[
        'MessageSent',
        'MessageEdited',
        'MessageDeleted',
        'MessagePinned',
        'MessageUnpinned',
        'ReactionAdded',
        'ReactionRemoved',
      ]
        .map((type) => `... on ${type} { message { ...M } }`)
        .join(' ')}
      ... on MemberJoined { user { id } role }
      ... on MemberLeft { user { id } }
      ... on MemberRoleChanged { user { id } role }
      ... on ConversationUpdated { changed }
      ${['ConversationJoined', 'MembershipUpdated', 'ReadMarked']
        .map((type) => `... on ${type} { conversation { ...C ${close ? '...Own' : ''} } }`)
        .join(' ')}
      ... on ConversationLeft { conversationId }
      ... on MessageHidden { conversationId messageId }
      ... on AccessRevoked { conversationId }
    }
  }
  ${MESSAGE} ${CONVERSATION} ${close ? OWN : ''}
`
