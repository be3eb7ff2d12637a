/** What an entry asks of the server, and what the answer means for it. */
import type { Connection } from '../asking.ts'
import {
  DeleteDocument,
  EditDocument,
  MarkReadDocument,
  type OwnMessageFragment,
  ReactDocument,
  SendDocument,
  UnreactDocument,
} from '../generated/graphql.ts'
import type { EntryError, OutboxEntry } from '../types.ts'
import { accepted } from './accepted.ts'

export interface Done {
  /** As it is now; null where the answer brings none. */
  message: OwnMessageFragment | null
  /** It was answered with something else than was asked for. */
  error: EntryError | null
}

/** Rejects with a RequestError for what was refused. */
export async function perform({ request }: Pick<Connection, 'request'>, entry: OutboxEntry): Promise<Done> {
  const { action, clientId, conversationId } = entry
  const own = { clientMutationId: clientId }
  switch (action.kind) {
    case 'send': {
      const input = {
        ...action.message,
        mentions: mentionsOf(action.message),
        conversationId,
        clientMessageId: clientId,
      }
      const { message } = accepted((await request(SendDocument, { input })).sendMessage, 'SendMessagePayload')
      return { message, error: isAnother(message, entry) ? ANSWERED_OTHERWISE : null }
    }
    case 'edit': {
      const input = { ...action.message, mentions: mentionsOf(action.message), messageId: action.messageId, ...own }
      return done(accepted((await request(EditDocument, { input })).editMessage, 'EditMessagePayload').message)
    }
    case 'delete': {
      const input = { messageId: action.messageId, for: action.for, ...own }
      return done(accepted((await request(DeleteDocument, { input })).deleteMessage, 'DeleteMessagePayload').message)
    }
    case 'react': {
      const input = { messageId: action.messageId, emoji: action.emoji, ...own }
      return done(accepted((await request(ReactDocument, { input })).addReaction, 'AddReactionPayload').message)
    }
    case 'unreact': {
      const input = { messageId: action.messageId, emoji: action.emoji, ...own }
      return done(accepted((await request(UnreactDocument, { input })).removeReaction, 'RemoveReactionPayload').message)
    }
    case 'read': {
      const input = { upTo: action.messageId, ...own }
      accepted((await request(MarkReadDocument, { input })).markRead, 'MarkReadPayload')
      return done(null)
    }
  }
}

const done = (message: OwnMessageFragment | null): Done => ({ message, error: null })

const ANSWERED_OTHERWISE: EntryError = {
  code: 'ANSWERED_OTHERWISE',
  explanation: 'The server has another message under this id, which is shown; retry sends this one under a new id',
}

/** What was edited or deleted since it was first sent may well read otherwise. */
function isAnother(message: OwnMessageFragment, { action, conversationId }: OutboxEntry): boolean {
  if (action.kind !== 'send') return false
  const isAsWritten = message.revision === 0 && message.deletedAt === null
  return message.conversation.id !== conversationId || (isAsWritten && message.text !== action.message.text)
}

const mentionsOf = ({ mentions }: { mentions?: readonly unknown[] | undefined }) =>
  mentions ? ([...mentions] as { kind: 'ALL'; start: number; length: number }[]) : undefined
