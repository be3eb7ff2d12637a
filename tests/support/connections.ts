/** The lists of the printed schema, found by walking it, and how to ask for one of them: a new list is found by itself. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLUnionType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import { schema } from './printed-schema.ts'

export interface ConnectionField {
  /** `Conversation.messages`. */
  name: string
  parent: GraphQLObjectType
  field: GraphQLField<unknown, unknown>
  /** What stands in the list. */
  node: GraphQLObjectType | GraphQLUnionType
}

export function connectionFields(): ConnectionField[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType)
  return types.flatMap((parent) =>
    Object.values(parent.getFields()).flatMap((field) => {
      const node = nodeOf(field)
      return node ? [{ name: `${parent.name}.${field.name}`, parent, field, node }] : []
    }),
  )
}

/** Of a connection; of any other field, null. */
export function nodeOf({ type }: GraphQLField<unknown, unknown>): ConnectionField['node'] | null {
  const connection = getNamedType(type)
  if (!isObjectType(connection) || !connection.name.endsWith('Connection')) return null
  const edge = getNamedType(connection.getFields().edges?.type)
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : null
  return isObjectType(node) || isUnionType(node) ? node : null
}

/** Arguments that a list cannot be asked without, besides those of paging. */
const REQUIRED: Record<string, string> = {}

/** Lists on what is no Node: how to get there from a message. */
const ON_MESSAGE: Record<string, (list: string) => string> = {
  Thread: (list) => `thread { ${list} }`,
  Reaction: (list) => `reactions { ${list} }`,
}

/** A query for one page of it. `ids` are of one object each: where a list hangs on an object, of that one. */
export function pageQuery(
  { name, parent, field }: ConnectionField,
  { paging, selection, ids }: { paging: string; selection: string; ids: Record<string, string> },
): string {
  if (field.args.some(isRequiredArgument) && !REQUIRED[name])
    throw new Error(`${name} has required arguments: say in tests/support/connections.ts what to give`)
  const list = `${field.name}(${[REQUIRED[name], paging].filter(Boolean).join(' ')}) { ${selection} }`
  if (parent === schema.getQueryType()) return `{ ${list} }`
  if (parent.name === 'Viewer') return `{ viewer { ${list} } }`
  const onMessage = ON_MESSAGE[parent.name]
  if (onMessage) return `{ node(id: "${ids.Message}") { ... on Message { ${onMessage(list)} } } }`
  const id = ids[parent.name]
  if (!id || !parent.getInterfaces().some(({ name: each }) => each === 'Node'))
    throw new Error(`${name} hangs on a ${parent.name}: say in tests/support/connections.ts how to reach one`)
  return `{ node(id: "${id}") { ... on ${parent.name} { ${list} } } }`
}
