/** The conversation that is played: a file of JSON objects, one message a line. */
import { readFileSync } from 'node:fs'
import { CannotRun } from '../lib/outcome.ts'

export interface Line {
  author: string
  text: string
  /** When it was said, for --speed. */
  time: string
  /** The line that it answers: its index, from 0. */
  replyTo?: number
}

export function readConversation(file: string): Line[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CannotRun((error as Error).message)
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const fault = faultOf(parsed(line), index)
      if (fault) throw new CannotRun(`${file}:${index + 1} ${fault}`)
      const said = JSON.parse(line) as Line
      return { ...said, author: said.author.trim() } // the server shows no name with white space around it
    })
}

export function authorsOf(lines: readonly Line[]): string[] {
  return [...new Set(lines.map(({ author }) => author))]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null // told with the line's number, as any other fault
  }
}

function faultOf(line: unknown, index: number): string | null {
  if (line === null || typeof line !== 'object') return 'is no JSON object'
  const { author, text, time, replyTo } = line as Record<string, unknown>
  if (typeof author !== 'string' || !author.trim()) return 'has no author'
  if (typeof text !== 'string' || !text.trim()) return 'has no text'
  if (typeof time !== 'string' || Number.isNaN(Date.parse(time))) return 'has no time'
  if (replyTo === undefined) return null
  const isEarlier = typeof replyTo === 'number' && Number.isInteger(replyTo) && replyTo >= 0 && replyTo < index
  return isEarlier ? null : `has a replyTo of ${replyTo}, which is no earlier line's index`
}
