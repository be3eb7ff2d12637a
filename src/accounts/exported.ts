/** What a user is given of himself: all rows that personal-data.ts calls his, but for what stands here with its reason. So a table that is new is given, too. */
import { type PersonalTables, personalData } from './personal-data.ts'

/** Tables, or columns of one. */
export const leftOut: Readonly<Record<string, string>> = {
  sent: 'the names that his apps gave his messages, kept for a while against doubles; the message has its own',
  mutation_done: 'answers to his apps, kept for a while against doubles: what was done stands in the other tables',
  evidence: 'what moderators keep of a reported message is a copy of what he said, and would tell who reported him',
  export: 'it is this one',
  export_part: 'it is this one',
  'connection.token_hash': 'a secret of his own',
  'signed_out_token.token_hash': 'a secret of his own',
}

const listed = Object.entries(personalData as PersonalTables)

/** In the order in which they are given, each with the column that says whose a row is. Messages and what hangs on them are read by conversation. */
export const ownTables = listed.flatMap(([name, { rows, of }]) =>
  (rows === 'DELETED' || rows === 'EMPTIED') && of && !(name in leftOut) ? [{ name, of }] : [],
)

export const columnsLeftOut = (table: string): string[] =>
  Object.keys(leftOut).flatMap((name) => (name.startsWith(`${table}.`) ? [name.slice(table.length + 1)] : []))

/** Stands in the archive beside the rest. */
export const about = (of: { userId: string; requestedAt: Date; finishedAt: Date; messages: number }) => ({
  format: 1,
  ...of,
  told: 'A folder for each kind, in it rows as JSON, one a line, and "files" as they are shown. Ids are UUIDs; the API writes the same ones in letters. What others said is not in it.',
  leftOut,
})
