/** The ids and cursors that an answer gave, found by the types of its fields; and ids like them that are of nothing. */
import { getNamedType, isObjectType } from 'graphql'
import { printed } from './printed.ts'

export interface Harvest {
  ids: Set<string>
  /** With the field that gave it, `ConversationMembersConnectionEdge.cursor`, or the subscription: `feed`. */
  cursors: Map<string, string>
}

export const emptyHarvest = (): Harvest => ({ ids: new Set(), cursors: new Map() })

/** Every object of an answer says its `__typename`. */
export function harvest(value: unknown, into: Harvest): Harvest {
  if (Array.isArray(value)) for (const each of value) harvest(each, into)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return into
  const type = printed.getType(String((value as { __typename?: unknown }).__typename))
  for (const [key, inside] of Object.entries(value)) {
    const name = key.split('_of_')[0] ?? key
    const field = isObjectType(type) ? type.getFields()[name] : undefined
    if (field && type)
      keep(inside, { typeName: getNamedType(field.type).name, coordinate: `${type.name}.${name}` }, into)
    harvest(inside, into)
  }
  return into
}

function keep(value: unknown, { typeName, coordinate }: { typeName: string; coordinate: string }, into: Harvest): void {
  for (const each of [value].flat()) {
    if (typeof each !== 'string') continue
    if (typeName === 'ID') into.ids.add(each)
    if (typeName === 'String' && /cursor$/i.test(coordinate)) into.cursors.set(each, coordinate)
  }
}

/** `conv` of `conv_…`. */
export const kindOf = (id: string): string => id.split('_')[0] ?? ''

/** Well-formed, of the same kind, and of nothing. */
export function nothingLike(id: string): string {
  const kind = kindOf(id)
  const tail = id.slice(kind.length + 1)
  if (/^[0-9a-z]{26}$/.test(tail)) return `${kind}_01h455vb4pex5vsknk084sn02q`
  return `${kind}_${Buffer.alloc(Buffer.from(tail, 'base64url').length, 1).toString('base64url')}`
}

/** One or two of each kind: the first, and the last. */
export function fewOfEach(ids: Iterable<string>): string[] {
  const byKind = Map.groupBy(ids, kindOf)
  return [...byKind.values()].flatMap((all) => [...new Set([all[0], all.at(-1)])]).filter((id) => id !== undefined)
}

export const MALFORMED = [
  '',
  'nonsense',
  'conv_',
  'conv_01h455vb4pex5vsknk084sn02',
  'msg_zzzzzzzzzzzzzzzzzzzzzzzzzz',
  `tenant_${'0'.repeat(26)}`,
  'conv_\0',
  '🙂',
]
