/** A list of messages against the lines: nothing missing, strange, twice, changed or out of order; replies answer what they answered. */
import type { Line } from './conversation.ts'
import { lineIndexOf, type SeenMessage } from './frames.ts'

/** A line, and as what the server said it was stored. */
export interface Stored {
  line: Line
  id: string
  seq: number
}

export function judgeMessages(stored: readonly Stored[], messages: readonly SeenMessage[]): string[] {
  const faults: string[] = []
  const met = new Set<number>()
  let newest = -1
  for (const message of messages) {
    const index = lineIndexOf(message)
    if (met.has(index)) faults.push(`line ${index + 1} is there twice`)
    else if (index < newest) faults.push(`line ${index + 1} stands after line ${newest + 1}`)
    met.add(index)
    newest = Math.max(newest, index)
    faults.push(...judgeMessage(stored, message))
  }
  for (const index of stored.keys()) if (!met.has(index)) faults.push(`line ${index + 1} is missing`)
  return faults
}

export function judgeMessage(stored: readonly Stored[], message: SeenMessage): string[] {
  const index = lineIndexOf(message)
  const expected = stored[index]
  if (!expected) return [`a message is there that nobody sent: ${JSON.stringify(message)}`]
  const { line, id, seq } = expected
  const replyTo = line.replyTo === undefined ? null : (stored[line.replyTo]?.id ?? null)
  const differences = [
    message.text !== line.text && `has the text ${contrast(message.text, line.text)}`,
    message.author.name !== line.author && `is by ${contrast(message.author.name, line.author)}`,
    (message.replyTo?.id ?? null) !== replyTo &&
      `answers ${message.replyTo?.id ?? 'nothing'}, not ${replyTo ?? 'nothing'}`,
    message.id !== id && `has the id ${message.id}, but was acknowledged as ${id}`,
    message.seq !== seq && `has the seq ${message.seq}, but was acknowledged with ${seq}`,
  ]
  return differences.filter((difference) => difference !== false).map((what) => `line ${index + 1} ${what}`)
}

/** From shortly before the first difference; what prints as nothing is escaped. */
function contrast(one: string, other: string): string {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const start = Math.max(0, same - 10)
  const part = (text: string) => {
    const shown = JSON.stringify(text.slice(start, start + 40)).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)
    return `${start > 0 ? '…' : ''}${shown}${text.length > start + 40 ? '…' : ''}`
  }
  return `${part(one)}, not ${part(other)}`
}

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`
