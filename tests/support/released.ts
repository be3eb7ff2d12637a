/** What apps in the wild ask: the documents of each release, as they were. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print, separateOperations } from 'graphql'

const RELEASED = join(import.meta.dirname, '../released')

export interface ReleasedDocument {
  release: string
  name: string
  kind: OperationDefinitionNode['operation']
  document: DocumentNode
  /** With the fragments that it needs, and no other. */
  text: string
}

export function releasedDocuments(): ReleasedDocument[] {
  return readdirSync(RELEASED).flatMap((release) => {
    const folder = join(RELEASED, release)
    const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    return Object.entries(separateOperations(parse(source.join('\n')))).map(([name, document]) => {
      const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
      return { release, name, kind: (operation as OperationDefinitionNode).operation, document, text: print(document) }
    })
  })
}
