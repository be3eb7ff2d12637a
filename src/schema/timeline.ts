/** What a conversation shows from top to bottom. */
import { builder } from './builder.ts'
import { eventTypeName } from './event.ts'
import {
  ConversationArchived,
  ConversationUnarchived,
  ConversationUpdated,
  MemberJoined,
  MemberLeft,
  MemberRoleChanged,
  MessagePinned,
} from './log-events.ts'
import { Message } from './refs.ts'

export const TimelineItem = builder.unionType('TimelineItem', {
  description: 'A message, or a notice of what was done to the conversation. New types may be added.',
  types: [
    Message,
    MemberJoined,
    MemberLeft,
    MemberRoleChanged,
    ConversationUpdated,
    ConversationArchived,
    ConversationUnarchived,
    MessagePinned,
  ],
  resolveType: (item) => ('kind' in item && item.kind === 'EVENT' ? eventTypeName(item) : 'Message'),
})
