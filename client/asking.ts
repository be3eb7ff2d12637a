/** What is asked over a connection, how it answers, and what it needs for that. */
import type { Environment } from './environment.ts'
import type { RequestError } from './errors.ts'
import type { Readable } from './readable.ts'
import type { ConnectionState } from './types.ts'

export interface ConnectionOptions extends Partial<Environment> {
  /** Of the server, as https://chat.example.com. */
  url: string
  /** Asked for at each connect, and in time before it ends. null: nobody is signed in any more. If it rejects, it is asked again as when the network fails. */
  token: () => string | null | Promise<string | null>
}

/** As GraphQL asks over any transport. */
export interface Payload {
  query: string
  variables?: Record<string, unknown> | null | undefined
  operationName?: string | null | undefined
  extensions?: Record<string, unknown> | null | undefined
}

/** As GraphQL answers over any transport. */
export interface Answer<Data = Record<string, unknown>> {
  data?: Data | null
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[]
}

/** What a subscription brings. */
export interface Sink<Data = Record<string, unknown>> {
  next(result: Answer<Data>): void
  /** It ended for good, other than by `complete`. */
  error(error: RequestError): void
  complete(): void
}

export interface Connection {
  readonly state: Readable<ConnectionState>
  /** Data and errors as they come. Waits for a connection; rejects with a RequestError: OFFLINE when that ended before the answer. */
  execute<Data = Record<string, unknown>>(payload: Payload): Promise<Answer<Data>>
  /** The data; rejects with a RequestError also where there is an error beside it. */
  request<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    query: string | DocumentOf<Data, Variables>,
    variables?: NoInfer<Variables>,
  ): Promise<Data>
  /** Goes on after each cut where it was, by `cursor`; answers what ends it. */
  subscribe<Data = Record<string, unknown>>(payload: Payload, sink: Sink<Data>): () => void
  reconnect(): void
  close(): void
}

/** A document that codegen has typed, as a string. */
export interface DocumentOf<Data, Variables> {
  toString(): string
  __apiType?: (variables: Variables) => Data
}
