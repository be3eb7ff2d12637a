/** Looks for what nobody should be given. */
import type { Readable } from 'node:stream'

export type Verdict = 'CLEAN' | 'QUARANTINED'

export interface Scanner {
  /** The state of a file that nobody has looked at yet: while it is PENDING it is given to nobody. */
  readonly unseen: 'PENDING' | 'CLEAN'
  /** Throws when it cannot be told now: it is asked again. */
  scan(content: Readable): Promise<Verdict>
}
