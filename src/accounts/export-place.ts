/** How far somebody has read of what a user is given of himself, and what a page of it is. */
import type { Uuid } from '../model.ts'

/** What is to be read next. `after`: what the last row that was read is found by, in the order of reading. */
export type ExportPlace =
  | { step: 'CONVERSATION'; after: Uuid | null }
  | { step: 'SAID'; conversationId: Uuid; head: number; from: number; table: string; after: string[] | null }
  | { step: 'TABLE'; table: string; after: string[] | null }
  | { step: 'FILES'; after: Uuid | null }
  | { step: 'DONE' }

export const FIRST_PLACE: ExportPlace = { step: 'CONVERSATION', after: null }

export interface ExportPage {
  /** Of which the rows are. */
  table: string
  /** Each as JSON. */
  rows: string[]
  next: ExportPlace
  /** Seqs of a conversation that are behind it now. */
  seen: number
}

/** With what it is found by. */
export type Row = { row: string; after: string[] }
