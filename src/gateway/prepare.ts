/** From what a client asks over WebSocket to what is executed; what may not be asked is answered for that operation alone. */
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql'
import { ChatError } from '../errors.ts'
import type { Connection, Entered } from './connection.ts'
import type { Expose } from './errors.ts'
import type { Graphql } from './graphql.ts'
import type { Asked, TrustedDocuments } from './trusted-documents.ts'

/** What an expired session may still ask. */
const RENEWAL = 'renewSession'

interface Operation extends Asked {
  id: string
  operationName?: string | null
  variables?: Record<string, unknown> | null
}

interface Dependencies {
  graphql: Graphql
  documents: TrustedDocuments
  expose: Expose
}

export type Prepare = ReturnType<typeof createPrepare>

export function createPrepare({ graphql, documents, expose }: Dependencies) {
  function prepare(
    { session, limits, trustedDocumentsOnly }: Entered,
    { operations }: Connection,
    operation: Operation,
  ): ExecutionArgs | readonly GraphQLError[] {
    const { schema, parse, validate, context } = graphql.forSocket(session)
    const document: DocumentNode = parse(documents.textOf(operation, documents.only || trustedDocumentsOnly) ?? '')
    const faults = validate(schema, document)
    if (faults.length) return faults
    const { operationName, variables } = operation
    const node = getOperationAST(document, operationName)
    const isRenewal = node?.selectionSet.selections.every(
      (each) => each.kind === Kind.FIELD && each.name.value === RENEWAL,
    )
    if (session.refusal && !isRenewal) throw session.refusal
    if (node?.operation === 'subscription' && !operations.countSubscription(operation.id)) {
      const max = limits.subscriptionsPerSocket
      const message = `At most ${max} subscriptions at once on one socket: open another one, or listen to feed`
      throw new ChatError('LIMIT_EXCEEDED', { message, limit: 'subscriptionsPerSocket', max })
    }
    return { schema, document, variableValues: variables, operationName, contextValue: context }
  }

  return (connection: Connection, operation: Operation): ExecutionArgs | GraphQLError[] => {
    try {
      if (!connection.entered) throw new ChatError('UNAUTHENTICATED')
      const prepared = prepare(connection.entered, connection, operation)
      return 'document' in prepared ? prepared : [...prepared]
    } catch (error) {
      return [error instanceof GraphQLError ? error : expose(error)]
    }
  }
}
