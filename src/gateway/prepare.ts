/** From what a client asks over a socket or a stream to what is executed; what may not be asked is answered for that operation alone. */
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql'
import type { SocketDevice } from '../ephemera/socket-device.ts'
import { ChatError } from '../errors.ts'
import type { Connection, Entered } from './connection.ts'
import type { Expose } from './errors.ts'
import type { Graphql } from './graphql.ts'
import type { Asked, TrustedDocuments } from './trusted-documents.ts'

/** What an expired session may still ask. */
const RENEWAL = 'renewSession'

interface Operation extends Asked {
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
  function prepare(entered: Entered, device: SocketDevice | null, operation: Operation): Prepared {
    const { session, trustedDocumentsOnly } = entered
    const { document, faults } = graphql.read(documents.textOf(operation, documents.only || trustedDocumentsOnly) ?? '')
    if (faults.length) return [...faults]
    const { operationName, variables } = operation
    if (session.refusal && !isRenewal(document, operationName)) throw session.refusal
    return {
      schema: graphql.schema,
      document,
      variableValues: variables,
      operationName,
      contextValue: graphql.contextOf(entered, device),
    }
  }

  function exposing(work: () => Prepared): Prepared {
    try {
      return work()
    } catch (error) {
      return [error instanceof GraphQLError ? error : expose(error)]
    }
  }

  return {
    ofStream: (entered: Entered, operation: Operation): Prepared => exposing(() => prepare(entered, null, operation)),

    /** On a socket there are many. */
    ofSocket: ({ entered, device, operations }: Connection, operation: Operation & { id: string }): Prepared =>
      exposing(() => {
        if (!entered) throw new ChatError('UNAUTHENTICATED')
        const prepared = prepare(entered, device, operation)
        if (Array.isArray(prepared)) return prepared
        const isSubscription = getOperationAST(prepared.document, operation.operationName)?.operation === 'subscription'
        if (isSubscription && !operations.countSubscription(operation.id)) throw tooManySubscriptions(entered)
        return prepared
      }),
  }
}

export type Prepared = ExecutionArgs | GraphQLError[]

const isRenewal = (document: DocumentNode, operationName: string | null | undefined): boolean =>
  getOperationAST(document, operationName)?.selectionSet.selections.every(
    (each) => each.kind === Kind.FIELD && each.name.value === RENEWAL,
  ) ?? false

function tooManySubscriptions({ limits: { subscriptionsPerSocket: max } }: Entered): ChatError {
  const message = `At most ${max} subscriptions at once on one socket: open another one, or listen to feed`
  return new ChatError('LIMIT_EXCEEDED', { message, limit: 'subscriptionsPerSocket', max })
}
