/** A node's way to the database and back: an answer tells of the moment at which it was asked, and may come much later, or not at all. */
import { ChatError } from '../../src/errors.ts'
import type { Random } from '../support/adversary.ts'
import type { Clock } from './clock.ts'

/** What is looked up is looked up at one moment. */
export type Ask = <Answer>(look: () => Answer) => Promise<Answer>

export interface Way {
  clock: Clock
  dice: Random
  /** What was sent by a node that is dead brings nothing any more. */
  isDead: () => boolean
  /** Whether the database may be away for a moment. */
  mayFail: () => boolean
}

export function askingBy({ clock, dice: { chance, below }, isDead, mayFail }: Way): Ask {
  const nothing = <Answer>() => new Promise<Answer>(() => undefined)
  return async <Answer>(look: () => Answer): Promise<Answer> => {
    if (chance(0.5)) await clock.wait(chance(0.05) ? below(300) : below(5))
    if (isDead()) return nothing()
    if (mayFail() && chance(0.01)) throw new ChatError('SERVICE_UNAVAILABLE')
    const answer = look()
    await clock.wait(chance(0.05) ? below(300) : below(8))
    return isDead() ? nothing() : answer
  }
}
