/** A subscription taken up where its client has been (`Last-Event-ID`), whatever `after` its document and variables carry. */
import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

interface Resumable {
  document: DocumentNode
  /** The variable that the root field takes as `after`. */
  name: string
}

const resumables = new WeakMap<DocumentNode, Resumable>()

/**
 * By a variable, not by a text in the document: readers are told apart by their documents without `after` (selection.ts), so one who resumes
 * shares executions with those who have been here all the time.
 */
export function resumeAt(args: ExecutionArgs, lastEventId: string): ExecutionArgs {
  const known = resumables.get(args.document) ?? resumable(args)
  resumables.set(args.document, known)
  return {
    ...args,
    document: known.document,
    variableValues: { ...args.variableValues, [known.name]: lastEventId },
  }
}

function resumable({ document, schema }: ExecutionArgs): Resumable {
  const taken = usesIn(document)
  let name = 'lastEventId'
  while (taken.has(name)) name += '_'
  return { document: withoutUnused(withAfter(document, schema, name)), name }
}

/** The root field by its parent type: it may stand in a fragment. One that takes no `after` stays as it is. */
function withAfter(document: DocumentNode, schema: GraphQLSchema, name: string): DocumentNode {
  const typeInfo = new TypeInfo(schema)
  const isResumable = () =>
    typeInfo.getParentType() === schema.getSubscriptionType() &&
    typeInfo.getFieldDef()?.args.some((argument) => argument.name === 'after')
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: { leave: (node) => (isResumable() ? fieldAfter(node, name) : undefined) },
      OperationDefinition: { leave: (node) => (node.operation === 'subscription' ? declaring(node, name) : undefined) },
    }),
  )
}

function fieldAfter(node: FieldNode, name: string): FieldNode {
  const others = node.arguments?.filter((argument) => argument.name.value !== 'after') ?? []
  const value = { kind: Kind.VARIABLE, name: named(name) } as const
  return { ...node, arguments: [...others, { kind: Kind.ARGUMENT, name: named('after'), value }] }
}

function declaring(node: OperationDefinitionNode, name: string): OperationDefinitionNode {
  const variable = { kind: Kind.VARIABLE, name: named(name) } as const
  const type = { kind: Kind.NAMED_TYPE, name: named('String') } as const
  const definition = { kind: Kind.VARIABLE_DEFINITION, variable, type } as const
  return { ...node, variableDefinitions: [...(node.variableDefinitions ?? []), definition] }
}

/** The variable that filled `after` before. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const uses = usesIn(document)
  return visit(document, {
    VariableDefinition: ({ variable }) => (uses.get(variable.name.value) === 1 ? null : undefined),
  })
}

/** By name, where they are declared too. */
function usesIn(document: DocumentNode): Map<string, number> {
  const uses = new Map<string, number>()
  visit(document, { Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1) })
  return uses
}

const named = (value: string): NameNode => ({ kind: Kind.NAME, value })
