/** Who is named in a text, as ranges of it: so that a rename shows, and the text stays what its author wrote. Pure. */
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Mention } from '../model.ts'

/** In order of the text. Throws INVALID_INPUT or LIMIT_EXCEEDED. */
export function sortedMentions(mentions: readonly Mention[], text: string, limits: Limits): Mention[] {
  const path = 'input.mentions'
  if (mentions.length > limits.mentions)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `A message mentions at most ${limits.mentions}`,
      path,
      limit: 'mentions',
      max: limits.mentions,
    })
  const sorted = [...mentions].sort((one, other) => one.start - other.start)
  let end = 0
  for (const { kind, userId, start, length } of sorted) {
    if ((kind === 'USER') !== (userId !== null))
      refuse('Give userId for a mention of kind USER, and for no other', path)
    if (length < 1 || start < 0 || start + length > text.length) refuse('A mention lies outside of the text', path)
    if (start < end) refuse('Two mentions overlap', path)
    end = start + length
  }
  return sorted.map(({ kind, userId, start, length }) => ({ kind, userId, start, length }))
}

function refuse(message: string, path: string): never {
  throw new ChatError('INVALID_INPUT', { message, path })
}
