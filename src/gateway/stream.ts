/**
 * GraphQL over server-sent events: the distinct connections of the graphql-sse protocol, and a plain EventSource. Each event has its cursor as
 * `id:`, so that a client that comes back says by `Last-Event-ID` where it was, even if its document asks for no cursor.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql'
import type { Cursor, Cursors } from '../delivery/cursor.ts'
import type { Metrics } from '../metrics.ts'
import { insistent } from '../moderation/insistence.ts'
import type { RateLimits } from '../moderation/rate-limits.ts'
import type { Addresses } from './addresses.ts'
import type { Admission } from './admission.ts'
import { type Closing, FORBIDDEN } from './closing.ts'
import type { Enter, Entered } from './connection.ts'
import type { Guest } from './drain.ts'
import { type Expose, forClient } from './errors.ts'
import { type EventStream, openEventStream } from './event-stream.ts'
import type { Execution } from './execution.ts'
import type { Origins } from './origins.ts'
import type { Prepare, Prepared } from './prepare.ts'
import { resumeAt } from './resume-at.ts'
import type { Session } from './sessions.ts'
import { askedIn, type Refusal } from './stream-request.ts'

export const STREAM_PATH = '/graphql/stream'

/** Proxies close what is idle for a minute, some for half of that. */
const BEAT_MS = 15_000
const TRY_LATER_MS = 1_000
const COMPLETE = 'event: complete\ndata:\n\n'

interface Dependencies {
  enter: Enter
  prepare: Prepare
  admission: Admission
  rateLimits: Pick<RateLimits, 'waitMs'>
  addresses: Addresses
  execution: Execution
  expose: Expose
  cursors: Cursors
  origins: Origins
  metrics: Metrics
}

export type Stream = ReturnType<typeof createStream>

export function createStream({
  enter,
  prepare,
  admission,
  rateLimits,
  addresses,
  execution,
  expose,
  cursors,
  origins,
  metrics,
}: Dependencies) {
  const open = new Set<EventStream>()
  /** Those that do not end by themselves. */
  const lasting = new Set<EventStream>()
  let isDraining = false
  const beating = setInterval(() => {
    for (const stream of open) stream.beat()
  }, BEAT_MS).unref()
  /** Readers who share an execution share its text. */
  const texts = new WeakMap<ExecutionResult, string>()

  async function handle(request: IncomingMessage, response: ServerResponse, search: URLSearchParams): Promise<unknown> {
    const { headers, method } = request
    if (!origins.isAllowed(headers.origin, headers.host))
      return refuse(response, { status: 403, message: 'Pages of this origin may not call the API' })
    for (const [name, value] of origins.headers(headers.origin)) response.setHeader(name, value)
    if (method === 'OPTIONS') return response.writeHead(204).end()
    const asked = await askedIn(request, search)
    if ('status' in asked) return refuse(response, asked)

    const place = admission.enter(addresses.countedAs(request))
    response.once('close', () => place.leave())
    const entered = await enter(place, {
      authorization: headers.authorization,
      peer: null,
      origin: addresses.originOf(request),
    })
    if ('reason' in entered) return turnAway(response, entered)
    response.once('close', () => entered.session.leave())
    const args = unheard(entered) ?? prepare.ofStream(entered, asked)
    if (method === 'GET' && kindOf(args) === 'mutation')
      return refuse(response, { status: 405, message: 'Mutations come by POST', headers: { allow: 'POST' } })

    const stream = openEventStream(response)
    if (isDraining) return stream.goAway()
    open.add(stream)
    metrics.streams.set(open.size)
    stream.onClose(() => {
      open.delete(stream)
      metrics.streams.set(open.size)
    })
    await answer(stream, { args, session: entered.session }, headers['last-event-id'])
  }

  /** What he is told who goes on though he was told when to come again. */
  function unheard({ session: { caller }, limits }: Entered): GraphQLError[] | null {
    const retryAfterMs = caller?.kind === 'USER' ? rateLimits.waitMs(caller) : 0
    return retryAfterMs ? [expose(insistent(limits.earlyRetriesPer10Seconds, retryAfterMs))] : null
  }

  async function answer(
    stream: EventStream,
    { args, session }: { args: Prepared; session: Session },
    lastEventId: string | string[] | undefined,
  ): Promise<void> {
    if (Array.isArray(args)) return conclude(stream, { errors: args })
    if (kindOf(args) !== 'subscription') return conclude(stream, await execution.execute(args))
    lasting.add(stream)
    stream.onClose(() => lasting.delete(stream))
    const events = await execution.stream(lastEventId ? resumeAt(args, String(lastEventId)) : args)
    if (!(Symbol.asyncIterator in events)) return conclude(stream, events)
    stream.onClose(() => void events.return?.())
    try {
      for await (const { result, cursor } of session.guard(events)) await stream.write(textOf(result, cursor))
    } catch (error) {
      return conclude(stream, { errors: [expose(error)] })
    }
    await stream.write(COMPLETE)
    stream.end()
  }

  /** What can be taken up again is not complete: the client comes back by itself, where it was. */
  async function conclude(stream: EventStream, result: ExecutionResult): Promise<void> {
    const retryMs = 'data' in result ? null : comesBackAfter(result.errors ?? [])
    if (retryMs !== null) return stream.goAway(retryMs)
    await stream.write(`${next(result)}${COMPLETE}`)
    stream.end()
  }

  function textOf(result: ExecutionResult, cursor: Cursor | null): string {
    const text = texts.get(result) ?? `${cursor ? `id: ${cursors.encode(cursor)}\n` : ''}${next(result)}`
    texts.set(result, text)
    return text
  }

  return {
    handle,

    /** Who begins from now on is sent elsewhere; those who listen go by turns, and hear what is said until then. */
    drain(): Guest[] {
      isDraining = true
      return [...lasting].map((stream) => ({
        get isGone() {
          return !lasting.has(stream)
        },
        tell: () => undefined, // nothing an EventSource would hear
        sendAway: () => stream.goAway(),
      }))
    },

    close: (): void => clearInterval(beating),
  }
}

function next({ errors, ...result }: ExecutionResult): string {
  const shown = errors ? { ...result, errors: errors.map((error) => forClient(error).toJSON()) } : result
  return `event: next\ndata: ${JSON.stringify(shown)}\n\n`
}

/** null when there is no use in coming back. */
function comesBackAfter(errors: readonly GraphQLError[]): number | null {
  const { retryable, retryAfterMs = TRY_LATER_MS } = errors[0]?.extensions ?? {}
  return retryable === true ? Number(retryAfterMs) : null
}

function kindOf(args: ExecutionArgs | GraphQLError[]): string | undefined {
  return Array.isArray(args) ? undefined : getOperationAST(args.document, args.operationName)?.operation
}

/** A bad token is told, since there is no use in coming back with it; who is too many comes back later. */
function turnAway(response: ServerResponse, { code, reason }: Closing): void {
  const {
    code: why,
    message,
    retryAfterMs,
  } = JSON.parse(reason) as { code: string; message?: string; retryAfterMs?: number }
  if (code !== FORBIDDEN) openEventStream(response).goAway(retryAfterMs)
  else refuse(response, { status: 401, message: message ?? 'The token is not good' }, why)
}

function refuse(response: ServerResponse, { status, message, headers }: Refusal, code = 'BAD_REQUEST'): void {
  const shown = [{ message, extensions: { code } }]
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(JSON.stringify({ errors: shown }))
}
