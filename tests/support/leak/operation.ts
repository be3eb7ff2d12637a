/** An operation of the walk: the way from a root field to the field that is asked about, every argument on it a variable. */
import {
  type GraphQLArgument,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isInputObjectType,
} from 'graphql'
import { type Field, fieldsOf, isComposite, objectsOf, type RootKind, rootFields, rootType } from './printed.ts'
import { type Depth, selectionOf } from './select.ts'
import { type Argument, type Fill, type Slot, slotsOf, variablesOf } from './slots.ts'

interface Step {
  parent: GraphQLObjectType
  field: Field
}

export interface Operation {
  kind: RootKind
  root: string
  /** `Query.conversation.messages` */
  name: string
  slots: Slot[]
  /** Those of what is asked about, without those on the way to it. */
  ownSlots: Slot[]
  /** The type of it. */
  type: GraphQLOutputType
  /** The response path of what is asked about. */
  path: string
  document(depth: Depth): string
  variables(fill: Fill): Record<string, unknown>
}

function operation(kind: RootKind, steps: readonly Step[]): Operation {
  const root = steps[0]?.field.name ?? ''
  const last = steps.at(-1) as Step
  const taken = steps.map(({ parent, field }, at) => argumentsOf(parent, field, at))
  const path = ['data', ...steps.map(({ field }) => field.name)].join('.')

  function way(at: number, depth: Depth): string {
    const { field } = steps[at] as Step
    const given = (taken[at] ?? []).map(({ variable, definition }) => `${definition.name}: $${variable}`)
    const next = steps[at + 1]
    const below = next ? `{ ${inside(field, next, way(at + 1, depth))} }` : selectionOf(last.field, path, depth)
    return `${field.name}${given.length ? `(${given.join(', ')})` : ''} ${below}`
  }

  const declared = taken.flat().map(({ variable, definition }) => `$${variable}: ${definition.type}`)
  return {
    kind,
    root,
    name: [rootType(kind)?.name, ...steps.map(({ field }) => field.name)].join('.'),
    slots: slotsOf(taken.flat()),
    ownSlots: slotsOf(taken.at(-1) ?? []),
    type: last.field.type,
    path,
    document: (depth) => `${kind}${declared.length ? ` (${declared.join(', ')})` : ''} { ${way(0, depth)} }`,
    variables: (fill) => variablesOf(taken.flat(), fill),
  }
}

/** Those of the last field are named as they are; those on the way by their place. */
const argumentsOf = (parent: GraphQLObjectType, field: Field, at: number): Argument[] =>
  field.args
    .filter((each) => at === 0 || !isPageSize(each))
    .map((definition) => ({
      variable: at === 0 ? definition.name : `${definition.name}_${at}`,
      coordinate: isInputObjectType(getNamedType(definition.type))
        ? `${getNamedType(definition.type).name}`
        : `${parent.name}.${field.name}(${definition.name})`,
      definition,
    }))

const isPageSize = ({ name }: GraphQLArgument) => name === 'first' || name === 'last'

const inside = ({ type }: Field, { parent }: Step, selection: string) =>
  isAbstractType(getNamedType(type)) ? `... on ${parent.name} { ${selection} }` : selection

export const rootOperations = (kind: RootKind): Operation[] =>
  rootFields(kind).map((field) => operation(kind, [{ parent: rootType(kind) as GraphQLObjectType, field }]))

/** Fields below a root that take an id or a cursor, each from the root fields that lead to it the shortest way. */
export function nestedOperations(waysEach = 2): Operation[] {
  const found = new Map<string, Step[][]>()
  for (const field of rootFields('query'))
    for (const steps of waysFrom({ parent: rootType('query') as GraphQLObjectType, field })) {
      const { parent, field } = steps.at(-1) as Step
      const coordinate = `${parent.name}.${field.name}`
      found.set(coordinate, [...(found.get(coordinate) ?? []), steps])
    }
  return [...found.values()].flatMap((ways) =>
    ways
      .sort((one, other) => one.length - other.length)
      .slice(0, waysEach)
      .map((steps) => operation('query', steps)),
  )
}

/** Breadth first, each type once: the shortest way to each field that takes something. */
function waysFrom(first: Step): Step[][] {
  const seen = new Set<GraphQLObjectType>()
  const ways: Step[][] = []
  for (let queue = [[first]]; queue.length; ) {
    const next: Step[][] = []
    for (const steps of queue) {
      for (const parent of objectsOf((steps.at(-1) as Step).field.type)) {
        if (seen.has(parent)) continue
        seen.add(parent)
        for (const field of fieldsOf(parent)) {
          if (field.args.some(takesPlace)) ways.push([...steps, { parent, field }])
          if (isComposite(field)) next.push([...steps, { parent, field }])
        }
      }
    }
    queue = next
  }
  return ways
}

const takesPlace = ({ type }: GraphQLArgument) => ['ID', 'String'].includes(getNamedType(type).name)
