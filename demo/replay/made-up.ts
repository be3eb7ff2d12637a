/** A conversation made for the occasion, for who has no log to play: the same seed makes the same one. */
import type { Random } from '../lib/random.ts'
import type { Line } from './conversation.ts'
import { art, names, sentences } from './made-up-texts.ts'

const LINES = 1_000
const AUTHORS = 60
const START = Date.parse('2026-01-05T09:00:00Z')
const LONGEST = 15_000

export function makeConversation(random: Random): Line[] {
  const authors = Array.from({ length: AUTHORS }, (_, index) => nameOf(index))
  let time = START
  return Array.from({ length: LINES }, (_, index) => {
    time += random.between(1, 20_000)
    return {
      author: authors[Math.floor(random.fraction() ** 2 * AUTHORS)] ?? nameOf(0), // some say more than others
      text: textOf(random),
      time: new Date(time).toISOString(),
      ...(index > 0 && random.fraction() < 0.2 && { replyTo: random.between(Math.max(0, index - 30), index - 1) }),
    }
  })
}

function nameOf(index: number): string {
  const round = Math.floor(index / names.length)
  return `${names[index % names.length]}${round === 0 ? '' : round}`
}

function textOf(random: Random): string {
  const kind = random.fraction()
  if (kind < 0.03) return random.pick(art)
  if (kind < 0.05) return several(random, random.between(1_000, LONGEST))
  if (kind < 0.3) return several(random, random.between(50, 300))
  return random.pick(sentences)
}

function several(random: Random, length: number): string {
  let text = random.pick(sentences)
  while (text.length < length) text += ` ${random.pick(sentences)}`
  return text
}
