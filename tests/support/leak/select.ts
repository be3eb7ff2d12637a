/** All that can be asked of a type: every field, and the fields of what they lead to, so many entities deep. */
import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isRequiredArgument,
} from 'graphql'
import { type Field, fieldsOf, isComposite, isEntity, nodeOf, objectsOf, remembered } from './printed.ts'
import { content } from './slots.ts'

export interface Depth {
  /** How many entities beyond the first. What an entity has of its own type, as a message its quote, costs nothing. */
  hops: number
  /** Response paths that are left out, as they were refused: one refusal would take the whole answer with it. */
  skip?: ReadonlySet<string>
  /** Of every page only the beginning. */
  isBrief?: boolean
  /** Of the text. */
  mostBytes?: number
  /** Fields, as `Type.field`, that are left out wherever they stand. */
  without?: (coordinate: string) => boolean
}

interface At extends Depth {
  path: string
  above: readonly GraphQLNamedType[]
  written: Written
}

/** So that a tree of a million fields is not grown to find that it is too long. */
interface Written {
  bytes: number
  most: number
}

/** Message, what it answers, and what that answers. */
const SAME_TYPE = 3
const [LARGE_PAGE, SMALL_PAGE] = [20, 3]

export class TooLong extends Error {}

/** Throws TooLong. */
export function selectionOf(field: Pick<Field, 'type'>, path: string, depth: Depth): string {
  const written = { bytes: 0, most: depth.mostBytes ?? Number.POSITIVE_INFINITY }
  return ofType(getNamedType(field.type), { ...depth, path, above: [], written })
}

function ofType(type: GraphQLNamedType, at: At): string {
  const objects = objectsOf(type)
  if (!objects.length) return ''
  const isAmbiguous = ambiguous(type)
  const parts = objects.map((object) => {
    const fields = fieldsOf(object)
      .map((field) => ofField(object, field, isAmbiguous(field) ? `${field.name}_of_${object.name}` : field.name, at))
      .filter(Boolean)
    return isAbstractType(type) ? `... on ${object.name} { __typename ${fields.join(' ')} }` : fields.join(' ')
  })
  return `{ __typename ${parts.join(' ')} }`
}

function ofField(object: GraphQLObjectType, field: Field, key: string, at: At): string | null {
  const path = `${at.path}.${key}`
  if (at.skip?.has(path) || at.without?.(`${object.name}.${field.name}`)) return null
  const given = argumentsOf(field, at)
  if (given === null) return null
  const name = key === field.name ? key : `${key}: ${field.name}`
  at.written.bytes += name.length + given.length + 1
  if (at.written.bytes > at.written.most) throw new TooLong()
  if (!isComposite(field)) return `${name}${given}`
  const below = deeper(field, { ...at, path, above: [...at.above, object] })
  return below && `${name}${given} ${below}`
}

/**
 * Of an entity whose type stands above it already only what is its own is asked, and what it has of its own type, of which the last one shows
 * its plain fields: the rest was asked above. Of a page whose nodes would not be asked, nothing is.
 */
function deeper(field: Field, at: At): string | null {
  const type = getNamedType(field.type)
  const timesAbove = (of: GraphQLNamedType) => at.above.filter((each) => each === of).length
  if (timesAbove(type) >= SAME_TYPE) return null
  const holder = at.above.findLast(isEntity)
  if (holder && timesAbove(holder) >= SAME_TYPE) return null
  const node = nodeOf(type)
  if (!isEntity(node) || !holder || type === at.above.at(-1)) return ofType(type, at)
  if (at.hops < 1 || timesAbove(holder) > 1) return null
  return ofType(type, node === type ? { ...at, hops: at.hops - 1 } : at)
}

/** Pages are small where they stand in pages. null where an id is needed: that is a place of its own (operation.ts). */
function argumentsOf({ args }: Field, { above, isBrief }: At): string | null {
  const given = args.filter((each) => isRequiredArgument(each) || each.name === 'first')
  if (given.some(({ type }) => getNamedType(type).name === 'ID')) return null
  const page = isBrief || above.filter(isEntity).length > 1 ? SMALL_PAGE : LARGE_PAGE
  const literals = given.map((each) => `${each.name}: ${each.name === 'first' ? page : literal(each)}`)
  return literals.length ? `(${literals.join(', ')})` : ''
}

function literal({ type }: GraphQLArgument): string {
  const typeName = getNamedType(type).name
  const value = content({ type, typeName }, 'needle')
  return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? value : JSON.stringify(value)
}

/** One name for different things in one selection is an error of GraphQL: such fields get names of their own. */
const ambiguous = remembered((type: GraphQLNamedType): ((field: Field) => boolean) => {
  const types = new Map<string, Set<string>>()
  for (const { name, type: found } of objectsOf(type).flatMap(fieldsOf))
    types.set(name, (types.get(name) ?? new Set()).add(String(found)))
  return ({ name }) => (types.get(name)?.size ?? 0) > 1
})
