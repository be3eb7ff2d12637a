/** The deepest thing that a client may ask of a type without arguments: all its values, and those of what hangs on it. */
import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import { nodeOf } from './connections.ts'

type Field = GraphQLField<unknown, unknown>

const fieldsOf = (type: GraphQLNamedType): Field[] =>
  isObjectType(type) ? Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument)) : []

/** Without lists inside it: each of those is asked for on its own. */
export function deep(type: GraphQLNamedType, levels: number): string {
  if (isUnionType(type)) return onEachOf(type.getTypes(), levels)
  const shown = fieldsOf(type).map((field) => {
    const below = getNamedType(field.type)
    if (isLeafType(below)) return field.name
    if (levels === 0 || nodeOf(field) || !isObjectType(below)) return ''
    return `${field.name} { ${deep(below, levels - 1)} }`
  })
  return ['__typename', ...shown].filter(Boolean).join(' ')
}

/** For what may be one of several. */
export const onEachOf = (types: readonly GraphQLNamedType[], levels: number): string =>
  ['__typename', ...types.map((type) => `... on ${type.name} { ${deep(type, levels)} }`)].join(' ')

/** The lists that hang on such a thing, each with two of its rows. */
export function listsOf(type: GraphQLNamedType): { name: string; selection: string }[] {
  if (isUnionType(type)) return []
  return fieldsOf(type).flatMap((field) => {
    const node = nodeOf(field)
    return node
      ? [{ name: field.name, selection: `${field.name}(first: 2) { edges { node { ${deep(node, 1)} } } }` }]
      : []
  })
}
