/** What a viewer wants to say, cleaned and checked before the database sees it. Pure. */
import { createHash } from 'node:crypto'
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Mention, Urgency, Uuid } from '../model.ts'
import { sortedMentions } from './mentions.ts'

export interface DraftInput {
  text: string
  clientMessageId: string
  replyToId?: Uuid | null
  metadata?: Record<string, unknown> | null
  /** The root of the thread in which to say it. */
  threadId?: Uuid | null
  alsoInConversation?: boolean | null
  silent?: boolean | null
  urgency?: Urgency | null
  mentions?: readonly Mention[] | null
  /** Files of the author, in the order in which they are shown. */
  attachmentIds?: readonly Uuid[] | null
  /** When it is to go by itself. */
  expiresAt?: Date | null
}

export interface Draft extends Content {
  clientMessageId: string
  replyToId: Uuid | null
  threadId: Uuid | null
  alsoInConversation: boolean
  silent: boolean
  urgency: Urgency
  attachmentIds: readonly Uuid[]
  expiresAt: Date | null
  /** Equal for equal payloads: how a repeat is told from a conflict. */
  hash: string
}

/** What an edit may change. */
export interface Content {
  text: string
  metadata: Record<string, unknown> | null
  mentions: readonly Mention[]
}

/** The text is kept to the letter; only what no database or reader could hold is refused. Throws INVALID_INPUT naming the argument. */
export function draft(input: DraftInput, limits: Limits): Draft {
  const { clientMessageId, replyToId = null, threadId = null, expiresAt = null } = input
  assertText(clientMessageId, 'input.clientMessageId', limits, 'clientMessageIdLength')
  const attachmentIds = input.attachmentIds ?? []
  assertAttachments(attachmentIds, limits)
  const clean = content(input, limits)
  const [alsoInConversation, silent] = [input.alsoInConversation ?? false, input.silent ?? false]
  const urgency = input.urgency ?? 'NORMAL'
  if (alsoInConversation && !threadId)
    throw new ChatError('INVALID_INPUT', {
      message: 'input.alsoInConversation is for replies in a thread: give input.threadId',
      path: 'input.alsoInConversation',
    })
  const plain = [clean.text, replyToId, clean.metadata && canonical(clean.metadata, 'input.metadata')]
  const more = [threadId, alsoInConversation, silent, urgency, clean.mentions]
  const isPlain = !threadId && !silent && urgency === 'NORMAL' && !clean.mentions.length
  // A node of before hashed what it knew: a retry that meets a newer one is still the same.
  const later = [attachmentIds, expiresAt]
  const hasLater = attachmentIds.length > 0 || expiresAt !== null
  const hash = createHash('sha256')
    .update(JSON.stringify([...plain, ...(isPlain && !hasLater ? [] : more), ...(hasLater ? later : [])]))
    .digest('base64url')
  return {
    ...clean,
    clientMessageId,
    replyToId,
    threadId,
    alsoInConversation,
    silent,
    urgency,
    attachmentIds,
    expiresAt,
    hash,
  }
}

function assertAttachments(attachmentIds: readonly Uuid[], limits: Limits): void {
  if (attachmentIds.length > limits.messageAttachments)
    throw new ChatError('LIMIT_EXCEEDED', {
      limit: 'messageAttachments',
      max: limits.messageAttachments,
      path: 'input.attachmentIds',
    })
  if (new Set(attachmentIds).size < attachmentIds.length)
    throw new ChatError('INVALID_INPUT', {
      message: 'input.attachmentIds names a file twice',
      path: 'input.attachmentIds',
    })
}

export function content(
  {
    text,
    metadata = null,
    mentions,
    attachmentIds,
  }: Pick<DraftInput, 'text' | 'metadata' | 'mentions' | 'attachmentIds'>,
  limits: Limits,
): Content {
  // A file says enough.
  if (text || !attachmentIds?.length) assertText(text, 'input.text', limits, 'messageTextLength')
  if (metadata) assertMetadata(metadata, 'input.metadata', limits, 'messageMetadataBytes')
  return { text, metadata, mentions: sortedMentions(mentions ?? [], text, limits) }
}

export function assertMetadata(
  metadata: Record<string, unknown>,
  path: string,
  limits: Limits,
  limit: keyof Limits,
): void {
  if (Buffer.byteLength(canonical(metadata, path)) > limits[limit]) tooLong(path, limits, limit)
}

/** For every text that a user gives: not blank, not over-long, nothing that PostgreSQL cannot store. */
export function assertText(text: string, path: string, limits: Limits, limit: keyof Limits): void {
  if (text.length > limits[limit]) tooLong(path, limits, limit)
  if (text.trim() === '') throw new ChatError('INVALID_INPUT', { message: `${path} must not be empty`, path })
  assertStorable(text, path)
}

/** Whether PostgreSQL can hold it, and hand it back as it was. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

function assertStorable(text: string, path: string): void {
  if (text.includes('\0')) throw new ChatError('INVALID_INPUT', { message: `${path} holds a NUL character`, path })
  if (!text.isWellFormed())
    throw new ChatError('INVALID_INPUT', { message: `${path} holds half of a surrogate pair`, path })
}

function tooLong(path: string, limits: Limits, limit: keyof Limits): never {
  throw new ChatError('INVALID_INPUT', {
    message: `${path} is longer than ${limits[limit]}`,
    path,
    limit,
    max: limits[limit],
  })
}

/** More than anybody nests by hand; less than what overflows a stack. */
const MAX_DEPTH = 64

/** JSON with sorted keys. */
function canonical(value: unknown, path: string, depth = 0): string {
  if (depth > MAX_DEPTH)
    throw new ChatError('INVALID_INPUT', { message: `${path} is nested deeper than ${MAX_DEPTH}`, path })
  if (typeof value === 'string') assertStorable(value, path)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, path, depth + 1)).join()}]`
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, item]) => `${canonical(key, path)}:${canonical(item, path, depth + 1)}`).join()}}`
}
