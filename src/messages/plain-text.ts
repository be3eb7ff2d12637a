/** What somebody may say to one who has not accepted him: a text, and nothing that could harm or press. Pure. */
import { ChatError } from '../errors.ts'
import { holdsLink } from '../lib/links.ts'
import type { Content, Draft } from './draft.ts'

const SENTENCE = 'Until the other member accepts, it is text alone'

/** Of a draft, or of what an edit makes of a message. Throws FORBIDDEN naming the argument. */
export function assertPlainText({ text, metadata, mentions, ...draft }: Content & Partial<Draft>): void {
  if (holdsLink(text)) forbid('input.text', 'without links')
  if (metadata) forbid('input.metadata', 'without metadata')
  if (mentions.length) forbid('input.mentions', 'without mentions')
  if (draft.attachmentIds?.length) forbid('input.attachmentIds', 'without files')
  if (draft.replyToId) forbid('input.replyToId', 'and no reply')
  if (draft.threadId) forbid('input.threadId', 'and no thread')
  if (draft.urgency === 'HIGH' || draft.urgency === 'URGENT') forbid('input.urgency', 'and not urgent')
}

function forbid(path: string, what: string): never {
  throw new ChatError('FORBIDDEN', { message: `${SENTENCE}, ${what}`, path })
}
