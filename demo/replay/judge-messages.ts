/** A list of messages against the lines: nothing missing, strange, twice, changed or out of order, and each reply with its preview. */
import { contrast } from './contrast.ts'
import { lineIndexOf, type SeenMessage } from './frames.ts'
import { judgePreview } from './judge-previews.ts'
import type { Sight } from './sight.ts'

export function judgeMessages(sight: Sight, messages: readonly SeenMessage[]): string[] {
  const { stored, from } = sight
  const faults: string[] = []
  const met = new Set<number>()
  let newest = -1
  for (const message of messages) {
    const index = lineIndexOf(message)
    if (met.has(index)) faults.push(`line ${index + 1} is there twice`)
    else if (index < newest) faults.push(`line ${index + 1} stands after line ${newest + 1}`)
    met.add(index)
    newest = Math.max(newest, index)
    faults.push(...judgeMessage(sight, message))
  }
  for (const index of stored.keys()) if (index >= from && !met.has(index)) faults.push(`line ${index + 1} is missing`)
  return faults
}

export function judgeMessage(sight: Sight, message: SeenMessage): string[] {
  const index = lineIndexOf(message)
  const expected = sight.stored[index]
  if (!expected) return [`a message is there that nobody sent: ${JSON.stringify(message)}`]
  if (index < sight.from) return [`line ${index + 1} is from before he joined`]
  const { line, id, seq } = expected
  const differences = [
    message.text !== line.text && `has the text ${contrast(message.text, line.text)}`,
    message.author.name !== line.author && `is by ${contrast(message.author.name, line.author)}`,
    ...judgePreview(sight, message, expected),
    message.id !== id && `has the id ${message.id}, but was acknowledged as ${id}`,
    message.seq !== seq && `has the seq ${message.seq}, but was acknowledged with ${seq}`,
  ]
  return differences.filter((difference) => difference !== false).map((what) => `line ${index + 1} ${what}`)
}
