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

/** An object, or those that an interface or a union stands for. */
export function objectsOf(type: GraphQLOutputType | GraphQLNamedType): readonly GraphQLObjectType[] {
  const named = getNamedType(type)
  if (isAbstractType(named)) return printed.getPossibleTypes(named)
  return isObjectType(named) ? [named] : []
}

export const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields())
export const isComposite = ({ type }: Pick<Field, 'type'>): boolean => isCompositeType(getNamedType(type))

const events = new Set<GraphQLNamedType>(rootFields('subscription').flatMap(({ type }) => objectsOf(type)))

/** Has an id: what lies between two of them (a page, its edges, a payload, an event) is only the way. */
export const isEntity = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && 'id' in type.getFields() && !events.has(type)

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
