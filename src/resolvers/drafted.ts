/** What the caller wants to say, checked and with all that it names, before it is known whether it can be stored: now, or at its time. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Limits } from '../limits.ts'
import { type Draft, draft } from '../messages/draft.ts'
import type { Urgency } from '../model.ts'
import { assertFeature } from './assert-feature.ts'
import { type MentionInput, mentioned } from './mentioned.ts'

export interface DraftInput {
  text: string
  replyToId?: string | null
  metadata?: Record<string, unknown> | null
  threadId?: string | null
  alsoInConversation?: boolean | null
  silent?: boolean | null
  urgency?: Urgency | null
  mentions?: readonly MentionInput[] | null
  attachmentIds?: readonly string[] | null
  expiresAt?: Date | null
}

interface Saying {
  mayMentionAll: boolean
  /** When it is said. */
  at: Date
}

/** Throws FORBIDDEN, INVALID_INPUT or LIMIT_EXCEEDED. */
export async function drafted(
  context: Context,
  input: DraftInput & { clientMessageId: string },
  { mayMentionAll, at }: Saying,
): Promise<Draft> {
  const limits = await context.limits()
  const mentions = await mentioned(context, input.mentions, async () => mayMentionAll)
  const attachmentIds = input.attachmentIds?.map((id) => decodeId('file', id) ?? NOTHING)
  const [replyToId, threadId] = [messageNamed(input.replyToId), messageNamed(input.threadId)]
  if (threadId !== null) await assertFeature(context, 'threads')
  if (input.expiresAt)
    assertInTime(input.expiresAt, { path: 'input.expiresAt', from: at, limit: 'messageLifeSeconds' }, limits)
  return draft({ ...input, mentions, replyToId, threadId, attachmentIds }, limits)
}

interface Bound {
  path: string
  /** It must be later than that, and so many seconds later at most. */
  from: Date
  limit: 'messageLifeSeconds' | 'scheduleAheadSeconds'
}

/** By this node's clock: a message that waited for too long in a client is not said any more. */
export function assertInTime(time: Date, { path, from, limit }: Bound, limits: Limits): void {
  const max = limits[limit]
  if (time <= from) throw new ChatError('INVALID_INPUT', { message: `${path} is over already`, path })
  if (time.getTime() > from.getTime() + max * 1_000)
    throw new ChatError('LIMIT_EXCEEDED', { message: `${path} is more than ${max} s away`, limit, max, path })
}

/** An id of nothing stands for what is not there: append judges it like any message or file of elsewhere. */
export const NOTHING = '00000000-0000-0000-0000-000000000000'
const messageNamed = (id: string | null | undefined) => (id == null ? null : (decodeId('msg', id) ?? NOTHING))
