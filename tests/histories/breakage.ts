/** What is spoiled on purpose: the verdict must be able to fail. */

export const breakages = {
  'drop-event': 'a client loses each 50th event',
  'ignore-event': 'a client takes each 50th event for heard, and does not apply it',
  count: 'the recount takes deleted messages for unread',
  counter: 'one of the server’s counters is moved behind its back',
} as const

export type Breakage = keyof typeof breakages

const EACH = 50

export const spoiled = (given: Breakage | null, breakage: Breakage, nth: number): boolean =>
  given === breakage && nth % EACH === 0
