/** The typed documents of codegen.ts, for `npm run gen` to write and the check to compare. */
import { join } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import config from '../codegen.ts'

/** A barrel that nobody imports, and what reads documents out of the source: the kit has its own in files. */
const unused = ['/index.ts', 'client/generated/gql.ts']

/** Path from the repository's root -> content. Rejects with every document that does not fit the schema, given as text. */
export async function documentFiles(schema: string): Promise<Map<string, string>> {
  const cwd = join(import.meta.dirname, '..')
  const files: { filename: string; content: string }[] = await generate({ ...config, schema, cwd }, false)
  const written = files.filter(({ filename }) => !unused.some((end) => filename.endsWith(end)))
  return new Map(written.map(({ filename, content }) => [filename, content]))
}
