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
  slowModeSeconds?: number | null
}

const MAX_SLOW_MODE_SECONDS = 3_600

/** Throws INVALID_INPUT naming the argument. */
export function assertDetails(
  { title, topic, metadata, visibility, slowModeSeconds }: ConversationDetails,
  kind: Conversation['kind'],
  limits: Limits,
): void {
  if (title != null) assertText(title, 'input.title', limits, 'conversationTitleLength')
  if (topic != null) assertText(topic, 'input.topic', limits, 'conversationTopicLength')
  if (metadata != null) assertMetadata(metadata, 'input.metadata', limits, 'conversationMetadataBytes')
  if (visibility === 'PUBLIC' && kind !== 'CHANNEL')
    throw new ChatError('INVALID_INPUT', { message: 'Only a CHANNEL can be PUBLIC', path: 'input.visibility' })
  if (slowModeSeconds != null && !(slowModeSeconds >= 0 && slowModeSeconds <= MAX_SLOW_MODE_SECONDS))
    throw new ChatError('INVALID_INPUT', {
      message: `input.slowModeSeconds must be from 0 to ${MAX_SLOW_MODE_SECONDS}`,
      path: 'input.slowModeSeconds',
    })
  if (slowModeSeconds && kind === 'BROADCAST')
    throw new ChatError('INVALID_INPUT', {
      message: 'To a broadcast only its managers post, whom slow mode does not slow',
      path: 'input.slowModeSeconds',
    })
}
