/** The nouns that name each other: so that their files need not import one another. */
import type { Conversation as ConversationShape, Message as MessageShape, User as UserShape } from '../model.ts'
import type { ThreadOf } from '../resolvers/thread.ts'
import { builder } from './builder.ts'

export const User = builder.objectRef<UserShape>('User')
export const Conversation = builder.objectRef<ConversationShape>('Conversation')
export const Message = builder.objectRef<MessageShape>('Message')
export const Thread = builder.objectRef<ThreadOf>('Thread')

/** For what another row names: it cannot be gone. */
export function there<T>(found: T | null): T {
  return found ?? gone()
}

function gone(): never {
  throw new Error('a row names another that is not there')
}
