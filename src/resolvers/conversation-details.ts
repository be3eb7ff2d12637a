/** What a conversation may be called and carry, checked. */
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { assertMetadata, assertText } from '../messages/draft.ts'
import type { Conversation } from '../model.ts'

export interface ConversationDetails {
  title?: string | null
  topic?: string | null
  avatarUrl?: URL | null
  metadata?: Record<string, unknown> | null
  visibility?: Conversation['visibility'] | null
  history?: Conversation['history'] | null
}

/** Throws INVALID_INPUT naming the argument. */
export function assertDetails(
  { title, topic, metadata, visibility }: ConversationDetails,
  kind: Conversation['kind'],
  limits: Limits,
): void {
  if (title != null) assertText(title, 'input.title', limits, 'conversationTitleLength')
  if (topic != null) assertText(topic, 'input.topic', limits, 'conversationTopicLength')
  if (metadata != null) assertMetadata(metadata, 'input.metadata', limits, 'conversationMetadataBytes')
  if (visibility === 'PUBLIC' && kind !== 'CHANNEL')
    throw new ChatError('INVALID_INPUT', { message: 'Only a CHANNEL can be PUBLIC', path: 'input.visibility' })
}
