/** What a subscription's document asks for: whether it depends on the viewer, and under which key its readers can share one execution. */
import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  getOperationAST,
  getVariableValues,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { Context } from '../context.ts'

interface Selection {
  dependsOnViewer: boolean
  /** Of the document without where the root field begins: each reader's key holds it, and documents are long. */
  hash: string
  /** The variables that only say that. */
  beginnings: ReadonlySet<string>
}

const analysed = new WeakMap<DocumentNode, Map<string, Selection>>()

/** Readers with the same key get the same bytes for the same event. Where a field depends on the viewer, he is part of the key. */
export function groupKey(
  args: ExecutionArgs,
  { tenantId, caller }: Context,
): { key: string; dependsOnViewer: boolean } {
  const { dependsOnViewer, hash, beginnings } = selectionOf(args)
  const definitions = getOperationAST(args.document, args.operationName)?.variableDefinitions ?? []
  const { coerced = {} } = getVariableValues(args.schema, definitions, args.variableValues ?? {}) as {
    coerced?: Record<string, unknown>
  }
  const variables = Object.entries(coerced).filter(([name]) => !beginnings.has(name))
  const scope = dependsOnViewer && caller?.kind === 'USER' ? `${tenantId} ${caller.userId}` : tenantId
  return { key: JSON.stringify([scope, args.operationName, variables, hash]), dependsOnViewer }
}

function selectionOf({ document, operationName, schema }: ExecutionArgs): Selection {
  const byOperation = analysed.get(document) ?? new Map<string, Selection>()
  analysed.set(document, byOperation)
  const known = byOperation.get(operationName ?? '') ?? analyse({ document, operationName, schema })
  byOperation.set(operationName ?? '', known)
  return known
}

function analyse({ document, schema }: ExecutionArgs): Selection {
  const typeInfo = new TypeInfo(schema)
  const subscriptionType = schema.getSubscriptionType()
  let dependsOnViewer = false
  const candidates: string[] = []
  const uses = new Map<string, number>()
  const stripped = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
      Field: (node) => {
        if (typeInfo.getFieldDef()?.extensions.viewer) dependsOnViewer = true
        // By its parent type: a field called `after` deeper down, or before the operation in a fragment, is another question.
        if (typeInfo.getParentType() === subscriptionType) candidates.push(...beginningsOf(node))
        return undefined
      },
    }),
  )
  // Used once where it is declared and once there: then it says nothing else.
  const beginnings = new Set(candidates.filter((name) => uses.get(name) === 2))
  const text = print(without(stripped, beginnings))
  return { dependsOnViewer, hash: createHash('sha256').update(text).digest('base64'), beginnings }
}

/** The arguments that tell where a subscription begins, and not what it gives. */
const BEGINNING: readonly string[] = ['after', 'afterSeq']

function beginningsOf({ arguments: given = [] }: FieldNode): string[] {
  return given.flatMap(({ name, value }) =>
    BEGINNING.includes(name.value) && value.kind === Kind.VARIABLE ? [value.name.value] : [],
  )
}

const without = (document: DocumentNode, variables: ReadonlySet<string>): DocumentNode =>
  visit(document, {
    VariableDefinition: ({ variable }) => (variables.has(variable.name.value) ? null : undefined),
    Argument: ({ value }) => (value.kind === Kind.VARIABLE && variables.has(value.name.value) ? null : undefined),
  })
