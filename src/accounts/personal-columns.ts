/** The words of the lists of what is personal: what a column may be, and what becomes of the rows of a table. */

/** PLAIN: tells of nobody. ID: names somebody by a random id, which tells nothing once his own row is empty. PERSONAL: goes with its row. Else the SQL that takes its place. */
export type Column = 'PLAIN' | 'ID' | 'PERSONAL' | { becomes: string }

export interface Table {
  /**
   * DELETED: his rows go. EMPTIED: they stay, and their columns are replaced. MESSAGES and REACTIONS: by the way of messages/erase.ts, which tells members;
   * WITH_MESSAGES: goes with these. KEPT: nothing in it is anybody's own.
   */
  rows: 'DELETED' | 'EMPTIED' | 'MESSAGES' | 'REACTIONS' | 'WITH_MESSAGES' | 'KEPT'
  /** The column that says whose it is. */
  of?: string
  columns: Readonly<Record<string, Column>>
}

export const plain = (...names: string[]): Record<string, 'PLAIN'> =>
  Object.fromEntries(names.map((name) => [name, 'PLAIN' as const]))
export const ids = (...names: string[]): Record<string, 'ID'> =>
  Object.fromEntries(names.map((name) => [name, 'ID' as const]))
export const personal = (...names: string[]): Record<string, 'PERSONAL'> =>
  Object.fromEntries(names.map((name) => [name, 'PERSONAL' as const]))
export const none = { becomes: 'null' }
