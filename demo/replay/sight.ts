/** What a reader is to be shown. */
import type { Line } from './conversation.ts'

/** A line, and as what the server said it was stored. */
export interface Stored {
  line: Line
  id: string
  seq: number
}

/** The lines from this index on, 0 for a member from the beginning; of those before he is shown nothing. */
export interface Sight {
  stored: readonly Stored[]
  from: number
}
