/** What is unread, and saying how far one has read. */

import type { Unread as UnreadShape, UnreadTotals as UnreadTotalsShape } from '../conversations/unread.ts'
import { markDelivered, markRead, markUnread } from '../resolvers/mark-read.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { conversationPayload } from './conversation-payload.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound, RateLimited, ServiceUnavailable } from './error.ts'

export const Unread = builder.objectRef<UnreadShape>('Unread').implement({
  description: 'How much you have not read. Your own, silent and deleted messages do not count.',
  fields: (t) => ({
    messages: t.exposeInt('messages', { description: 'Messages.' }),
    mentions: t.exposeInt('mentions', { description: 'Those of them that mention you, by name or with everybody.' }),
  }),
})

export const UnreadTotals = builder.objectRef<UnreadTotalsShape>('UnreadTotals').implement({
  description: 'How much you have not read in all: without conversations that are muted, hidden or archived.',
  fields: (t) => ({
    conversations: t.exposeInt('conversations', { description: 'Conversations with something unread.' }),
    messages: t.exposeInt('messages', { description: 'Messages in them.' }),
    mentions: t.exposeInt('mentions', { description: 'What mentions you, in conversations and threads.' }),
    replies: t.exposeInt('replies', { description: 'Replies in threads that you follow.' }),
  }),
})

const MarkReadInput = builder.inputType('MarkReadInput', {
  description: 'How far you have read.',
  fields: (t) => ({
    upTo: t.id({
      required: true,
      description: 'The newest message that you have read. A reply in a thread marks the thread.',
    }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const MarkReadPayload = conversationPayload('MarkReadPayload', 'It is read.')

const MarkUnreadInput = builder.inputType('MarkUnreadInput', {
  description: 'From where on to read again.',
  fields: (t) => ({
    from: t.id({
      required: true,
      description: 'The oldest message that is to be unread. A reply in a thread marks the thread.',
    }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const MarkUnreadPayload = conversationPayload('MarkUnreadPayload', 'It is unread.')

const MarkDeliveredInput = builder.inputType('MarkDeliveredInput', {
  description: 'How far your device has it.',
  fields: (t) => ({
    upTo: t.id({ required: true, description: 'The newest message that it has.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const MarkDeliveredPayload = conversationPayload('MarkDeliveredPayload', 'It is noted.')

builder.mutationFields((t) => ({
  markRead: t.field({
    type: MarkReadPayload,
    description:
      'Marks all up to a message as read; what you have read further stays so. Clients send it at most once in 2 seconds a conversation.',
    args: { input: t.arg({ type: MarkReadInput, required: true, description: 'How far.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => markRead(context, input),
  }),
  markUnread: t.field({
    type: MarkUnreadPayload,
    description: 'Marks a message and what follows it as unread.',
    args: { input: t.arg({ type: MarkUnreadInput, required: true, description: 'From where on.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => markUnread(context, input),
  }),
  markDelivered: t.field({
    type: MarkDeliveredPayload,
    description: 'Tells that a device of yours has all up to a message, read or not.',
    args: { input: t.arg({ type: MarkDeliveredInput, required: true, description: 'How far.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => markDelivered(context, input),
  }),
}))
