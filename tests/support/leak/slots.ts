/** What an operation's arguments are made of: a slot for each leaf, at whatever depth, and the variables that come of filling them. */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

export interface Slot {
  /** Unique in its operation: `input.add.userId`. */
  key: string
  /** Where the schema has it: `NewMemberInput.userId`, `Query.node(id)`. */
  coordinate: string
  typeName: string
  type: GraphQLInputType
  /** Whether it is, and all that it stands in. */
  isRequired: boolean
}

export interface Argument {
  variable: string
  coordinate: string
  definition: GraphQLArgument
}

/** undefined leaves the slot out, where it may be left out. */
export type Fill = (slot: Slot) => unknown

/** An input may hold itself: so deep and no deeper. */
const INPUT_DEPTH = 4

export const slotsOf = (arguments_: readonly Argument[]): Slot[] =>
  arguments_.flatMap(({ variable, coordinate, definition }) =>
    slotsIn({ key: variable, coordinate, type: definition.type, isRequired: isRequiredArgument(definition) }),
  )

function slotsIn(at: Omit<Slot, 'typeName'>, depth = 0): Slot[] {
  const named = getNamedType(at.type)
  if (!isInputObjectType(named)) return [{ ...at, typeName: named.name }]
  if (depth === INPUT_DEPTH) return []
  return Object.values(named.getFields()).flatMap((field) =>
    slotsIn(
      {
        key: `${at.key}.${field.name}`,
        coordinate: `${named.name}.${field.name}`,
        type: field.type,
        isRequired: at.isRequired && isRequiredInputField(field),
      },
      depth + 1,
    ),
  )
}

export function variablesOf(arguments_: readonly Argument[], fill: Fill): Record<string, unknown> {
  const given = arguments_.map(({ variable, coordinate, definition }) => [
    variable,
    valueAt({ key: variable, coordinate, type: definition.type, isRequired: isRequiredArgument(definition) }, fill),
  ])
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/** What must stand there is there even when `fill` has nothing for it; an optional object is there when something in it is. */
function valueAt(at: Omit<Slot, 'typeName'>, fill: Fill, depth = 0): unknown {
  const named = getNamedType(at.type)
  const inside = isInputObjectType(named)
    ? objectOf(Object.values(named.getFields()), at, { fill, depth })
    : (fill({ ...at, typeName: named.name }) ??
      (at.isRequired ? content({ ...at, typeName: named.name }, 'x') : undefined))
  return inside === undefined ? undefined : inLists(at.type, inside)
}

function objectOf(
  fields: readonly GraphQLInputField[],
  at: Omit<Slot, 'typeName'>,
  { fill, depth }: { fill: Fill; depth: number },
): object | undefined {
  if (depth === INPUT_DEPTH) return undefined
  const entriesOf = (isRequired: boolean) =>
    fields
      .map((field) => {
        const slot = {
          key: `${at.key}.${field.name}`,
          coordinate: `${getNamedType(at.type).name}.${field.name}`,
          type: field.type,
          isRequired: isRequired && isRequiredInputField(field),
        }
        return [field.name, valueAt(slot, fill, depth + 1)] as const
      })
      .filter(([, value]) => value !== undefined)
  const entries = entriesOf(at.isRequired)
  if (at.isRequired) return Object.fromEntries(entries)
  return entries.length ? Object.fromEntries(entriesOf(true)) : undefined
}

function inLists(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return inLists(type.ofType, value)
  return isListType(type) ? [inLists(type.ofType, value)] : value
}

/** Something that the type takes, with the word in it where there is room for one. */
export function content({ type, typeName }: Pick<Slot, 'type' | 'typeName'>, word: string): unknown {
  const named = getNamedType(type)
  if (isEnumType(named)) return named.getValues()[0]?.name
  // 60, as the least that anything today asks of an Int is 60 seconds.
  const plain: Record<string, unknown> = {
    Int: 60,
    Float: 1.5,
    NonNegativeInt: 1,
    Boolean: true,
    DateTime: '2099-01-01T00:00:00.000Z',
  }
  if (typeName in plain) return plain[typeName]
  if (typeName === 'URL') return `https://example.com/${encodeURIComponent(word)}`
  if (typeName === 'JSONObject') return { note: word }
  return word
}
