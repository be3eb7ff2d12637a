/** What the subject must not see: whole conversations, and parts of some that he reads or did read. */
import type { Actor } from '../actor.ts'
import type { Harvest } from './harvest.ts'

export interface World {
  name: string
  owner: Actor
  conversation: string
  /** Whether he may know that the conversation is there. */
  isKnown: boolean
  /** Whether he is a member: then what is hidden is only a part of it. */
  isRead: boolean
  /** Whether he may join it. */
  isOpen: boolean
  /** All that is his not to see: raw ids, and cursors that he was never given. */
  hidden: Harvest
  /** Planted where the owner still finds them. */
  words: string[]
  /** More happens in it. */
  stir(): Promise<void>
}

export interface Plan {
  visibility?: 'PUBLIC'
  history?: 'FROM_JOIN'
  /** When the subject comes and goes, if ever. What is said while he is there is not hidden. */
  stay?: 'FROM_THE_START_THEN_REMOVED' | 'FROM_THE_MIDDLE_ON' | 'FROM_THE_MIDDLE_ON_THEN_REMOVED'
}

export const ANOTHER_TENANT = 'of another tenant'

/** By their names: what is theirs is told of as `a text, of others`. */
export const PLANS: Record<string, Plan> = {
  [ANOTHER_TENANT]: {},
  'of others': {},
  'of a public channel that he has not joined': { visibility: 'PUBLIC' },
  'from after his removal': { stay: 'FROM_THE_START_THEN_REMOVED' },
  'from before his joining': { history: 'FROM_JOIN', stay: 'FROM_THE_MIDDLE_ON' },
  'from before his joining or after his removal': { history: 'FROM_JOIN', stay: 'FROM_THE_MIDDLE_ON_THEN_REMOVED' },
}
