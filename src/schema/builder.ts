/** The schema builder: our context, our scalars, Relay's shapes with descriptions, and mutations that answer payload or typed error. */
import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import RelayPlugin from '@pothos/plugin-relay'
import type { Context } from '../context.ts'

export interface SchemaTypes {
  Context: Context
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    JSONObject: { Input: Record<string, unknown>; Output: Readonly<Record<string, unknown>> }
    URL: { Input: URL; Output: URL | string }
    NonNegativeInt: { Input: number; Output: number }
  }
}

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalised(fieldName)}Result`,
      description: 'What came of it: the payload, or an error that can be expected.',
    },
  },
  relay: {
    encodeGlobalID: (_type, id) => String(id),
    decodeGlobalID: (id) => ({ typename: '', id }),
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: false, description: 'The page, with a cursor for each node.' },
    nodeFieldOptions: { nullable: false, description: 'What stands here.' },
    nodeTypeOptions: { description: 'Whatever has an id of its own and can be read again by it.' },
    idFieldOptions: { description: 'A TypeID: its kind, and a UUIDv7 in base32.' },
    pageInfoTypeOptions: { description: 'Where a page of a list ends, and whether the list goes on.' },
    hasNextPageFieldOptions: { description: 'Whether the list goes on after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether the list goes on before this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first node of this page.' },
    endCursorFieldOptions: { description: 'Cursor of the last node of this page.' },
    pageInfoFieldOptions: { description: 'Where this page ends.' },
    cursorFieldOptions: { description: 'Opaque; for `after` and `before` of this same list.' },
    firstArgOptions: { description: 'So many from the beginning.' },
    afterArgOptions: { description: 'Only what stands after this cursor.' },
    lastArgOptions: { description: 'So many from the end.' },
    beforeArgOptions: { description: 'Only what stands before this cursor.' },
    defaultConnectionTypeOptions: { description: 'A page of a list.' },
    defaultEdgeTypeOptions: { description: 'A node and its place in the list.' },
  },
})

/**
 * Marks a field whose value depends on who asks. A subscription's selection without such a field is executed once for all its readers;
 * one that reads the viewer unmarked fails there instead of leaking.
 */
export const dependsOnViewer = { extensions: { viewer: true } } as const

/** Of every mutation's input. */
export const CLIENT_MUTATION_ID =
  'Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing.'

builder.queryType({
  description: 'Reading. Lists are Relay connections; what you may not know of is answered like what is not there.',
})
builder.mutationType({
  description: 'Writing. Every mutation takes one `input` and answers its payload or an error that can be expected.',
})
builder.subscriptionType({
  description: 'Listening: past, then present, in one operation that can be resumed with the newest cursor.',
})
