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
    if (isTooDeep(cause)) return tooDeep()
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
  const { retryAfterMs, path, limit, max, feature } = details
  const status = { UNAUTHENTICATED: 401, TENANT_SUSPENDED: 403, SERVICE_UNAVAILABLE: 503 }[code as string] ?? 200
  return located(error, message, {
    code,
    retryable,
    ...(retryAfterMs && { retryAfterMs }),
    ...(path && { path }),
    ...(limit && { limit, max }),
    ...(feature && { feature }),
    ...(status !== 200 && { http: { status } }),
  })
}

/** Parsing, validating and coercing call themselves for each level; what overflows a stack is the caller's fault. */
export const isTooDeep = (error: unknown): boolean => error instanceof RangeError && /call stack/i.test(error.message)

export const tooDeep = (): GraphQLError =>
  new GraphQLError('The document or its variables are nested too deeply', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  })

/** For yoga: 400, but for clients of the old media type, who look for 200. */
export function asBadRequest(error: GraphQLError): GraphQLError {
  const http = error.extensions.http ?? { status: 400, spec: true }
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    path: error.path,
    extensions: { ...error.extensions, http },
  })
}

/** `http` is for yoga, `originalError` for nobody outside. */
export function forClient(error: GraphQLError): GraphQLError {
  const { http: _http, originalError: _original, ...extensions } = error.extensions
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    extensions,
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
