/** What of an error leaves the server: ours as they are, GraphQL's own as they are, all else masked once, with an id to find it in the log. */
import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { ChatError } from '../errors.ts'
import type { Log } from '../log.ts'

export type Expose = (error: unknown) => GraphQLError

/** `translate` knows what an error of the database means. */
export function createExpose({ logger, translate }: { logger: Log; translate: (error: unknown) => unknown }): Expose {
  return (error) => {
    const cause = translate(rootOf(error))
    if (cause instanceof ChatError) return exposed(error, cause)
    if (cause instanceof GraphQLError) return cause
    const requestId = randomUUID()
    logger.error({ requestId, error: cause }, 'unexpected error')
    return located(error, 'Something went wrong on the server; tell its operator the requestId', {
      code: 'INTERNAL',
      requestId,
      http: { status: 500 },
    })
  }
}

function exposed(error: unknown, { message, code, retryable, details }: ChatError): GraphQLError {
  const { retryAfterMs, path, limit, max } = details
  const status = { UNAUTHENTICATED: 401, SERVICE_UNAVAILABLE: 503 }[code as string] ?? 200
  return located(error, message, {
    code,
    retryable,
    ...(retryAfterMs && { retryAfterMs }),
    ...(path && { path }),
    ...(limit && { limit, max }),
    ...(status !== 200 && { http: { status } }),
  })
}

/** GraphQL wraps what a resolver throws, and graphql-ws wraps it once more. */
function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootOf(error.originalError) : error
}

function located(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  const at = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}
  return new GraphQLError(message, { ...at, extensions })
}
