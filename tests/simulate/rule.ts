/** One thing that delivery rests on, with the patch that takes it away. */

/** A text that stands in one file exactly once, and what is put in its place. */
export interface Patch {
  file: string
  find: string
  put: string
}

export interface Rule {
  name: string
  /** What is no longer so without it. */
  says: string
  patches: readonly Patch[]
  /** One of those that show it. */
  seed: number
}

export const THE_LOG = 'prisma/migrations/20261124000000_the_log/migration.sql'
export const APPEND = 'prisma/migrations/20261124160000_conversations/migration.sql'

export const at =
  (file: string) =>
  (find: string, put: string): Patch => ({ file, find, put })
export const delivery = (name: string) => at(`src/delivery/${name}.ts`)
/** What stands in for the database in a run. */
export const here = (name: string) => at(`tests/simulate/${name}.ts`)
