/** Yoga: GraphQL over HTTP and SSE, and the parsed and validated documents that the WebSocket shares. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutionArgs } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Identify } from '../accounts/identify.ts'
import { type Context, createContext, type Parts } from '../context.ts'
import type { SocketDevice } from '../ephemera/socket-device.ts'
import type { Caller } from '../model.ts'
import { schema } from '../schema/index.ts'
import { callerOf } from './auth.ts'
import { type Expose, isTooDeep, tooDeep } from './errors.ts'
import type { Execution } from './execution.ts'
import type { Origins } from './origins.ts'

export const GRAPHQL_PATH = '/graphql'

interface Dependencies {
  parts: Parts
  identify: Identify
  execution: Execution
  expose: Expose
  origins: Origins
}

/** A document that overflows the stack is a bad request, not a fault of the server. */
const bounded: Plugin = {
  onParse: ({ parseFn, setParseFn }) =>
    setParseFn((...given: Parameters<typeof parseFn>) => shallow(() => parseFn(...given))),
  onValidate: ({ validateFn, setValidationFn }) =>
    setValidationFn((...given: Parameters<typeof validateFn>) => shallow(() => validateFn(...given))),
}

/** A body that is no JSON: 400 whichever media type is asked for, and nothing of how it was found out. */
const quiet: Plugin = {
  onResultProcess({ result }) {
    if (!('errors' in result)) return
    for (const { extensions } of result.errors ?? []) {
      if (!extensions?.originalError) continue
      delete extensions.originalError
      extensions.http = { status: 400 }
    }
  },
}

function shallow<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isTooDeep(error) ? tooDeep() : error
  }
}

/** Ours stands in one place of yoga's own context: yoga copies what it is given, and would call our getters by that. */
interface Carried {
  chat: Context
}

export type Graphql = ReturnType<typeof createGraphql>

export function createGraphql({ parts, identify, execution, expose, origins }: Dependencies) {
  const ours = (args: ExecutionArgs): ExecutionArgs => ({ ...args, contextValue: (args.contextValue as Carried).chat })
  const executing: Plugin = {
    onExecute: ({ setExecuteFn }) => setExecuteFn((args: ExecutionArgs) => execution.execute(ours(args))),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args: ExecutionArgs) => execution.subscribe(ours(args))),
  }
  const yoga = createYoga({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    logging: false,
    maskedErrors: false, // execution.ts exposes errors, for every way in
    landingPage: false,
    graphiql: false, // graphiql.ts serves it, from local files
    multipart: false,
    cors: (request) => origins.cors(request),
    context: async ({ request }): Promise<Carried> => {
      const caller = await callerOf(identify, request.headers.get('authorization')).catch((error) => {
        throw expose(error)
      })
      return { chat: createContext(parts, caller) }
    },
    plugins: [executing, bounded, quiet],
  })

  return {
    handle: (request: IncomingMessage, response: ServerResponse) => yoga(request, response),
    /** Parse and validate with yoga's caches, for an operation that came over WebSocket. */
    forSocket: ({ caller, device }: { caller: Caller | null; device: SocketDevice }) => {
      const { parse, validate } = yoga.getEnveloped({} as never)
      return { schema, parse, validate, context: createContext(parts, caller, device) }
    },
  }
}
