/** What is being written: something new, an answer, or something said anew. */
import type { Message } from '../../client/index.ts'
import type { Picked } from './mentions.ts'

export type Draft = { /** Another one: the composer begins anew. */ key: string } & (
  | { kind: 'new' }
  | { kind: 'reply'; message: Message }
  | { kind: 'edit'; message: Message }
)

export const NEW_DRAFT: Draft = { key: 'new', kind: 'new' }
// The same key as of a new one: who answers may have begun to write.
export const replyTo = (message: Message): Draft => ({ key: 'new', kind: 'reply', message })
export const editOf = (message: Message): Draft => ({ key: `edit ${message.key}`, kind: 'edit', message })

/** Those that it begins with: of what is said anew. */
export function pickedIn(draft: Draft): Picked[] {
  if (draft.kind !== 'edit') return []
  const { text, mentions } = draft.message
  return mentions.map(({ kind, userId, start, length }) => ({ kind, userId, label: text.slice(start, start + length) }))
}
