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
  /** Of the document without the root field's `after`: each reader's key holds it, and documents are long. */
  hash: string
  /** The variable that only fills that `after`. */
  afterVariable: string | null
}

const analysed = new WeakMap<DocumentNode, Map<string, Selection>>()

/** Readers with the same key get the same bytes for the same event. Where a field depends on the viewer, he is part of the key. */
export function groupKey(
  args: ExecutionArgs,
  { tenantId, caller }: Context,
): { key: string; dependsOnViewer: boolean } {
  const { dependsOnViewer, hash, afterVariable } = selectionOf(args)
  const definitions = getOperationAST(args.document, args.operationName)?.variableDefinitions ?? []
  const { coerced = {} } = getVariableValues(args.schema, definitions, args.variableValues ?? {}) as {
    coerced?: Record<string, unknown>
  }
  const variables = Object.entries(coerced).filter(([name]) => name !== afterVariable)
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
  const afterVariables: string[] = []
  const uses = new Map<string, number>()
  const stripped = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
      Field: (node) => {
        if (typeInfo.getFieldDef()?.extensions.viewer) dependsOnViewer = true
        // By its parent type: a field called `after` deeper down, or before the operation in a fragment, is another question.
        if (typeInfo.getParentType() === subscriptionType) afterVariables.push(...variableOfAfter(node))
        return undefined
      },
    }),
  )
  // Used once where it is declared and once as `after`: then it says nothing else.
  const afterVariable = afterVariables.find((name) => uses.get(name) === 2) ?? null
  const text = print(withoutAfter(stripped, afterVariable))
  return { dependsOnViewer, hash: createHash('sha256').update(text).digest('base64'), afterVariable }
}

function variableOfAfter(node: FieldNode): string[] {
  const value = node.arguments?.find(({ name }) => name.value === 'after')?.value
  return value?.kind === Kind.VARIABLE ? [value.name.value] : []
}

function withoutAfter(document: DocumentNode, afterVariable: string | null): DocumentNode {
  return visit(document, {
    VariableDefinition: ({ variable }) => (variable.name.value === afterVariable ? null : undefined),
    Argument: ({ name, value }) =>
      name.value === 'after' && value.kind === Kind.VARIABLE && value.name.value === afterVariable ? null : undefined,
  })
}
