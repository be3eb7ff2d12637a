/** Says something in a conversation: may the caller, is it sound, store it for good. All else follows the log. */
import type { Context } from '../context.ts'
import { may, seenIn } from '../conversations/access.ts'
import { isAsked, isAsking } from '../conversations/contacts.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { assertPlainText } from '../messages/plain-text.ts'
import { seenBy } from '../messages/seen.ts'
import type { Conversation, Membership, Message, Seen, Uuid } from '../model.ts'
import type { Passing } from '../moderation/before-send.ts'
import { accept } from './answer-contact.ts'
import { messageById } from './conversation-by-id.ts'
import { type DraftInput, drafted, NOTHING } from './drafted.ts'

export interface SendMessageInput extends DraftInput {
  conversationId: string
  clientMessageId: string
  asUserId?: string | null
}

export interface SentMessage {
  message: Message
  deduplicated: boolean
}

export async function sendMessage(context: Context, input: SendMessageInput): Promise<SentMessage> {
  const passing = await context.parts.beforeSend.pass(attempt(context, input), await context.limits())
  return said(context, input, passing).catch(async (error) => {
    await passing.failed(error)
    throw error
  })
}

async function said(context: Context, input: SendMessageInput, passing: Passing): Promise<SentMessage> {
  const { parts, tenantId } = context
  const { conversation, membership, authorId, senderId, seen, mayMentionAll } = await speaker(context, input)
  const clean = await drafted(context, input, { mayMentionAll, at: new Date() })
  const isFirst = membership !== null && isAsking(conversation, authorId)
  if (isFirst) assertPlainText(clean)
  await passing.shared({ conversation, membership })
  // Who answers in words has accepted.
  if (authorId && isAsked(conversation, authorId)) await accept(parts, { conversation, userId: authorId, once: null })
  const whole = { ...clean, tenantId, conversationId: conversation.id, authorId, senderId }
  const { message, deduplicated } = isFirst
    ? await parts.append.messageOfStranger(whole, (await context.limits()).messagesBeforeAccept)
    : await parts.append.message(whole)
  if (!deduplicated) return { message: seen ? seenBy(message, seen) : message, deduplicated }
  await passing.repeated()
  return { message: await messageById(context, message.id), deduplicated }
}

function attempt(
  { caller, tenantId, address }: Context,
  { conversationId: id, clientMessageId, text }: SendMessageInput,
) {
  const doer = caller?.kind === 'USER' ? caller : null
  const senderId = caller?.kind === 'SERVER' ? caller.keyId : (doer?.userId ?? '')
  const conversationId = decodeId('conv', id) ?? NOTHING
  return { tenantId, doer, senderId, conversationId, clientMessageId, text, address }
}

interface Speaker {
  conversation: Conversation
  /** null: of a server key. */
  membership: Membership | null
  authorId: Uuid | null
  senderId?: Uuid
  /** null: a server key sees all. */
  seen: Seen | null
  mayMentionAll: boolean
}

/** A user speaks for himself; a server key as a member, or as the system. */
async function speaker(context: Context, input: SendMessageInput): Promise<Speaker> {
  const { parts, caller } = context
  const conversationId = decodeId('conv', input.conversationId)
  if (caller?.kind !== 'SERVER') {
    if (input.asUserId != null)
      throw new ChatError('FORBIDDEN', { message: 'Only a server key speaks as another', path: 'input.asUserId' })
    const admitted = await parts.access.to('POST', context.viewer, conversationId)
    const { conversation, membership } = admitted
    const mayMentionAll = may(admitted, 'MENTION_ALL')
    return { conversation, membership, authorId: membership.userId, seen: seenIn(admitted), mayMentionAll }
  }
  const { tenantId, keyId } = context.server('messages:write')
  const [conversation] = conversationId ? await parts.conversations.byIds(tenantId, [conversationId]) : []
  if (!conversation) throw new ChatError('NOT_FOUND')
  return {
    conversation,
    membership: null,
    authorId: await author(context, conversation, input.asUserId),
    senderId: keyId,
    seen: null,
    mayMentionAll: true,
  }
}

async function author(
  { parts }: Context,
  { tenantId, id }: Conversation,
  asUserId: string | null | undefined,
): Promise<Uuid | null> {
  if (asUserId == null) return null
  const userId = decodeId('usr', asUserId)
  const facts = userId === null ? null : await parts.memberships.facts({ tenantId, conversationId: id, userId })
  if (!facts?.membership)
    throw new ChatError('NOT_FOUND', {
      message: 'input.asUserId is no member of the conversation',
      path: 'input.asUserId',
    })
  return userId
}
