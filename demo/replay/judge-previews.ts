/** What replies show of the lines that they answer: text and author as they were said, and nothing of a line that the reader does not see. */
import { contrast } from './contrast.ts'
import { lineIndexOf, type SeenMessage } from './frames.ts'
import type { Sight, Stored } from './sight.ts'

/** What is wrong with the preview of the message of this line. */
export function judgePreview({ stored, from }: Sight, { replyTo: shown }: SeenMessage, { line }: Stored): string[] {
  const isSeen = line.replyTo !== undefined && line.replyTo >= from
  const answered = (isSeen && stored[line.replyTo ?? 0]) || null
  if (!shown || !answered || shown.id !== answered.id) {
    const isSame = (shown?.id ?? null) === (answered?.id ?? null)
    return isSame ? [] : [`answers ${shown?.id ?? 'nothing'}, not ${answered?.id ?? 'nothing'}`]
  }
  const { text, author } = answered.line
  const differences = [
    shown.text !== text && `quotes ${contrast(shown.text, text)}`,
    shown.author.name !== author && `quotes an author ${contrast(shown.author.name, author)}`,
  ]
  return differences.filter((difference) => difference !== false)
}

export interface Previews {
  /** Lines that are replies. */
  annotated: number
  /** Of them, those that were right wherever they were to be seen. */
  right: number
  /** Of them, those that somebody sees without the line that they answer. */
  hidden: number
}

export function countPreviews(
  stored: readonly Stored[],
  seen: { sight: Sight; messages: readonly SeenMessage[] }[],
): Previews {
  const replies = [...stored.entries()].filter(([, { line }]) => line.replyTo !== undefined)
  const views = seen.map(({ sight, messages }) => {
    const isRight = (message: SeenMessage) => {
      const expected = stored[lineIndexOf(message)]
      return expected !== undefined && judgePreview(sight, message, expected).length === 0
    }
    return { sight, right: new Set(messages.filter(isRight).map(lineIndexOf)) }
  })
  const isRight = (index: number) => views.every(({ sight, right }) => index < sight.from || right.has(index))
  const isHidden = (index: number, { line }: Stored) =>
    views.some(({ sight: { from } }) => index >= from && (line.replyTo ?? from) < from)
  return {
    annotated: replies.length,
    right: replies.filter(([index]) => isRight(index)).length,
    hidden: replies.filter(([index, reply]) => isHidden(index, reply)).length,
  }
}
