/** What strangers ask: to be heard. */
import type { Contact as ContactShape } from '../model.ts'
import { acceptContact, declineContact } from '../resolvers/answer-contact.ts'
import { contactOf, contactRequests } from '../resolvers/contact-requests.ts'
import { conversationOfOwnEvent } from '../resolvers/named-conversation.ts'
import { builder, CLIENT_MUTATION_ID, dependsOnViewer } from './builder.ts'
import { conversationPayload } from './conversation-payload.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  RateLimited,
  ServiceUnavailable,
  StaleWrite,
} from './error.ts'
import { FeedEvent, inConversation, LogEvent, type Logged } from './event.ts'
import { Conversation, there, User } from './refs.ts'

const ContactState = builder.enumType('ContactState', {
  description: 'How a request stands.',
  values: {
    REQUESTED: { description: 'It waits. To who asked it does so for ever, declined or not.' },
    DECLINED: { description: 'You do not want to see it; who asked does not learn that.' },
    ACCEPTED: { description: 'It is a direct conversation as any other, for good.' },
  } as const,
})

const Contact = builder.objectRef<ContactShape>('Contact').implement({
  description: 'That a direct conversation began between strangers.',
  fields: (t) => ({
    state: t.expose('state', { type: ContactState, description: 'How it stands.' }),
    requestedBy: t.field({
      type: User,
      description:
        'Who asked. Until it is accepted he says a few texts and nothing else, and neither sees the other’s presence, typing or receipts.',
      resolve: ({ by }, _args, { loaders }) => loaders.user.load(by).then(there),
    }),
  }),
})

builder.objectField(Conversation, 'contact', (t) =>
  t.field({
    type: Contact,
    nullable: true,
    ...dependsOnViewer,
    description: 'Of a DIRECT one: the request with which it began; null where the two knew each other.',
    resolve: (shape, _args, context) => contactOf(context, shape),
  }),
)

builder.queryField('contactRequests', (t) =>
  t.connection({
    type: Conversation,
    ...dependsOnViewer,
    description:
      'Direct conversations that strangers have begun with you and that wait for your answer, newest first. They are not among your `conversations`, and nothing in them counts in `unread`.',
    args: { declined: t.arg.boolean({ description: 'Those that you have declined instead.' }) },
    resolve: (_, args, context) => contactRequests(context, args),
  }),
)

const AcceptContactInput = builder.inputType('AcceptContactInput', {
  description: 'Which one.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The direct conversation.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const AcceptContactPayload = conversationPayload('AcceptContactPayload', 'It is a conversation as any other.')

const DeclineContactInput = builder.inputType('DeclineContactInput', {
  description: 'Which one.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The direct conversation.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const DeclineContactPayload = conversationPayload('DeclineContactPayload', 'You see it no longer in your requests.')

const errors = {
  types: [NotFound, Forbidden, InvalidInput, StaleWrite, IdempotencyConflict, RateLimited, ServiceUnavailable],
}

builder.mutationFields((t) => ({
  acceptContact: t.field({
    type: AcceptContactPayload,
    description:
      'Agrees to hear a stranger, also after you have declined: both are told, and it is a direct conversation as any other. To say something in it does the same.',
    args: { input: t.arg({ type: AcceptContactInput, required: true, description: 'Which one.' }) },
    errors,
    resolve: (_, { input }, context) => acceptContact(context, input),
  }),
  declineContact: t.field({
    type: DeclineContactPayload,
    description: 'Puts a stranger’s request away. He is not told: to him it waits. See blockUser, too.',
    args: { input: t.arg({ type: DeclineContactInput, required: true, description: 'Which one.' }) },
    errors,
    resolve: (_, { input }, context) => declineContact(context, input),
  }),
}))

builder.objectRef<Logged<'CONTACT_ACCEPTED'>>('ContactAccepted').implement({
  ...inConversation,
  description: 'The actor has accepted the request of the other member, or answered it.',
})

builder.objectRef<Logged<'CONTACT_DECLINED'>>('ContactDeclined').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You have declined a request: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Which.',
      resolve: (delivered, _args, context) => conversationOfOwnEvent(context, delivered),
    }),
  }),
})
