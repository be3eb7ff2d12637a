/** Yoga: queries and mutations over HTTP, and the parsed and validated documents that the other ways in share. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type DocumentNode, type ExecutionArgs, GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import type { Identify } from '../accounts/identify.ts'
import { type Context, createContext, type Parts } from '../context.ts'
import type { SocketDevice } from '../ephemera/socket-device.ts'
import { limitsOf } from '../limits.ts'
import { insistent } from '../moderation/insistence.ts'
import { schema } from '../schema/index.ts'
import type { Addresses } from './addresses.ts'
import { callerOf } from './auth.ts'
import type { Entered } from './connection.ts'
import { asBadRequest, type Expose, isTooDeep, tooDeep } from './errors.ts'
import type { Execution } from './execution.ts'
import type { Origins } from './origins.ts'
import { queryLimits } from './query-limits.ts'
import type { Asked, TrustedDocuments } from './trusted-documents.ts'

export const GRAPHQL_PATH = '/graphql'

interface Dependencies {
  parts: Parts
  identify: Identify
  execution: Execution
  expose: Expose
  origins: Origins
  addresses: Addresses
  documents: TrustedDocuments
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

/** One way to subscribe over HTTP, and it is the one that can resume. */
const elsewhere = () =>
  new GraphQLError('Subscribe over WebSocket, or to server-sent events at /graphql/stream', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  })

function shallow<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isTooDeep(error) ? tooDeep() : error
  }
}

/** Characters of the documents whose reading is kept. */
const MOST_TEXT = 4_000_000

interface Document {
  document: DocumentNode
  /** Why it may not be executed. */
  faults: readonly GraphQLError[]
}

/** Ours stands in one place of yoga's own context: yoga copies what it is given, and would call our getters by that. */
interface Carried {
  chat: Context
}

export type Graphql = ReturnType<typeof createGraphql>

export function createGraphql({ parts, identify, execution, expose, origins, addresses, documents }: Dependencies) {
  const ours = (args: ExecutionArgs): ExecutionArgs => ({ ...args, contextValue: (args.contextValue as Carried).chat })
  const executing: Plugin = {
    onExecute: ({ setExecuteFn }) => setExecuteFn((args: ExecutionArgs) => execution.execute(ours(args))),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(() => ({ errors: [elsewhere()] })),
  }
  /** A document may be named by its hash; where the whole node is hardened, nothing else gets as far as the parser. */
  const trusting: Plugin = {
    onParams({ params, setParams }) {
      const query = exposing(() => documents.textOf(params as Asked))
      if (query !== undefined && query !== params.query) setParams({ ...params, query })
    },
  }
  const closed: Plugin = {
    onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule),
  }
  const exposing = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw asBadRequest(expose(error))
    }
  }
  const yoga = createYoga<{ req?: IncomingMessage }>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    logging: false,
    maskedErrors: false, // execution.ts exposes errors, for every way in
    landingPage: false,
    graphiql: false, // graphiql.ts serves it, from local files
    multipart: false,
    cors: (request) => origins.cors(request),
    extraParamNames: ['documentId'],
    context: async ({ request, params, req }): Promise<Carried> => {
      const caller = await callerOf(identify, request.headers.get('authorization')).catch((error) => {
        throw expose(error)
      })
      const retryAfterMs = caller?.kind === 'USER' ? parts.rateLimits.waitMs(caller) : 0
      const tenant = caller && (await parts.tenants.byId(caller.tenantId))
      if (retryAfterMs) throw expose(insistent(limitsOf(tenant).earlyRetriesPer10Seconds, retryAfterMs))
      if (caller?.kind === 'USER' && tenant?.trustedDocumentsOnly)
        exposing(() => documents.textOf(params as Asked, true))
      return { chat: createContext(parts, caller, { address: req ? addresses.countedAs(req) : null }) }
    },
    plugins: [
      trusting,
      executing,
      ...(queryLimits(parts.queryLimits) as Plugin[]),
      bounded,
      quiet,
      ...(documents.only ? [closed] : []),
    ],
  })

  const known = new LRUCache<string, Document>({
    maxSize: MOST_TEXT,
    sizeCalculation: (_, text) => text.length + 1,
  })

  /** As yoga would, for an operation that came another way: once a text, since to go through all plug-ins costs as much as to answer. Throws what is wrong with its syntax. */
  function read(text: string): Document {
    const before = known.get(text)
    if (before) return before
    const { parse, validate } = yoga.getEnveloped({} as never)
    const document: DocumentNode = parse(text)
    const read = { document, faults: validate(schema, document) }
    known.set(text, read)
    return read
  }

  return {
    handle: (request: IncomingMessage, response: ServerResponse) => yoga(request, response, { req: request }),
    schema,
    read,
    contextOf: ({ session, address }: Entered, device: SocketDevice | null): Context =>
      createContext(parts, session.caller, { session, device, address }),
  }
}
