/** The printed schema as the leak test walks it: its types by what they are to a client, and every field and argument by its coordinate. */
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

export const printed = buildSchema(readFileSync('schema.graphql', 'utf8'))

export type Field = GraphQLField<unknown, unknown>
export type RootKind = 'query' | 'mutation' | 'subscription'

const ROOTS = {
  query: printed.getQueryType(),
  mutation: printed.getMutationType(),
  subscription: printed.getSubscriptionType(),
}

export const rootType = (kind: RootKind): GraphQLObjectType | undefined => ROOTS[kind] ?? undefined
export const rootFields = (kind: RootKind): Field[] => Object.values(rootType(kind)?.getFields() ?? {})

/** Asked millions of times by the walk, and always answered the same. */
export function remembered<Key extends object, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, find(key))
    return known.get(key) as Value
  }
}

/** An object, or those that an interface or a union stands for. */
export const objectsOf = remembered((type: GraphQLOutputType | GraphQLNamedType): readonly GraphQLObjectType[] => {
  const named = getNamedType(type)
  if (isAbstractType(named)) return printed.getPossibleTypes(named)
  return isObjectType(named) ? [named] : []
})

export const fieldsOf = remembered((type: GraphQLObjectType): Field[] => Object.values(type.getFields()))
export const isComposite = ({ type }: Pick<Field, 'type'>): boolean => isCompositeType(getNamedType(type))

/** Has an id: what lies between two of them (a page, its edges, a payload) is only the way. */
export const isEntity = remembered((type: GraphQLNamedType): boolean => {
  const objects = objectsOf(type)
  return objects.length > 0 && objects.every((object) => 'id' in object.getFields())
})

/** What a page is a page of; of whatever is no page, itself. */
export const nodeOf = remembered((type: GraphQLNamedType): GraphQLNamedType => {
  const edges = isObjectType(type) ? type.getFields().edges : undefined
  const node = edges && objectsOf(edges.type)[0]?.getFields().node
  return node ? getNamedType(node.type) : type
})

const chatError = printed.getType('ChatError')
const refusals = new Set(isInterfaceType(chatError) ? printed.getPossibleTypes(chatError).map(({ name }) => name) : [])
export const isRefusal = (typeName: unknown): boolean => refusals.has(String(typeName))

/** Every object type that an operation can come to. */
export function reachableTypes(): GraphQLObjectType[] {
  const reached = new Set<GraphQLObjectType>()
  const visit = (type: GraphQLObjectType) => {
    if (reached.has(type)) return
    reached.add(type)
    for (const field of fieldsOf(type)) for (const next of objectsOf(field.type)) visit(next)
  }
  for (const root of Object.values(ROOTS)) if (root) visit(root)
  return [...reached]
}
