/** The times of typing and presence. */

export interface Pace {
  /** A listener is told no more often. */
  everyMs: number
  /** How long after his last device somebody goes offline. */
  leaveMs: () => number
  typing: {
    /** How often one who goes on is told of. */
    sayMs: number
    /** Who has not said it again by then has stopped. */
    expireMs: number
  }
}

export const PACE: Pace = {
  everyMs: 1_000,
  leaveMs: () => 10_000 + Math.random() * 5_000, // not all of a node in the same moment
  typing: { sayMs: 3_000, expireMs: 6_000 },
}
