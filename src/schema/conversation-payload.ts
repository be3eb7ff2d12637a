/** What a mutation answers that changes a conversation, or the viewer in it. */
import type { Conversation as ConversationShape } from '../model.ts'
import { builder } from './builder.ts'
import { Conversation } from './refs.ts'

export const conversationPayload = (name: string, description: string) =>
  builder.objectRef<{ conversation: ConversationShape }>(name).implement({
    description,
    fields: (t) => ({
      conversation: t.field({
        type: Conversation,
        description: 'The conversation, as it is now.',
        resolve: (shape) => shape.conversation,
      }),
    }),
  })
