/**
 * Executing operations, the same over HTTP, SSE and WebSocket. A subscription's selection is executed once for all readers that are
 * given the same event and ask the same of it.
 */
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute as executeGraphql } from 'graphql'
import { type Context, createGroupContext, type Parts } from '../context.ts'
import { type Delivered, isDelivered } from '../delivery/delivered.ts'
import { cancellable } from '../lib/cancellable.ts'
import { createLoaders, type Loaders } from '../loaders.ts'
import { asBadRequest, type Expose } from './errors.ts'
import { groupKey } from './selection.ts'

export type Execution = ReturnType<typeof createExecution>

export function createExecution(parts: Parts, expose: Expose) {
  const results = new WeakMap<Delivered, Map<string, Promise<ExecutionResult>>>()
  const loaders = new WeakMap<object, Loaders>()

  const underWay = new Set<Promise<unknown>>()

  function execute(args: ExecutionArgs): Promise<ExecutionResult> {
    const result = run(args)
    underWay.add(result)
    return result.finally(() => underWay.delete(result))
  }

  async function subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const source = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in source)) return clean(source)
    const context = args.contextValue as Context
    const { key, dependsOnViewer } = groupKey(args, context)
    parts.metrics.subscriptions.inc()
    return mapped(source as AsyncIterable<object>, (given) =>
      isDelivered(given)
        ? share(given, key, {
            ...args,
            contextValue: dependsOnViewer ? viewerContext(context, given) : groupContext(given),
          })
        : alone(given, args),
    )
  }

  /** What is given to this reader and nobody else, as presence and typing are. */
  function alone(given: object, args: ExecutionArgs): Promise<ExecutionResult> {
    parts.metrics.deliveries.inc()
    parts.metrics.executions.inc()
    const context = args.contextValue as Context
    const loaders = { value: createLoaders(parts, context.tenantId) }
    return run({ ...args, rootValue: given, contextValue: Object.create(context, { loaders }) })
  }

  function share(delivered: Delivered, key: string, args: ExecutionArgs): Promise<ExecutionResult> {
    parts.metrics.deliveries.inc()
    const shared = results.get(delivered) ?? new Map<string, Promise<ExecutionResult>>()
    results.set(delivered, shared)
    const known = shared.get(key)
    if (known) return known
    parts.metrics.executions.inc()
    const result = run({ ...args, rootValue: delivered })
    shared.set(key, result)
    return result
  }

  const groupContext = (delivered: Delivered) =>
    createGroupContext(parts, delivered.cursor.tenantId, loadersOf(delivered))

  /** The viewer's own, with loaders that end with the event. */
  function viewerContext(context: Context, delivered: Delivered): Context {
    return Object.create(context, { loaders: { value: loadersOf(delivered) } }) as Context
  }

  /** Shared by what was read together: the groups of one event, the events of one page of history. */
  function loadersOf(delivered: Delivered): Loaders {
    const token = delivered.kind === 'EVENT' ? delivered.readWith : delivered
    const known = loaders.get(token) ?? createLoaders(parts, delivered.cursor.tenantId)
    loaders.set(token, known)
    return known
  }

  /** Ends with its source, or the moment it is told to. */
  function mapped(
    source: AsyncIterable<object>,
    map: (given: object) => Promise<ExecutionResult>,
  ): AsyncIterableIterator<ExecutionResult> {
    const iterator = source[Symbol.asyncIterator]()
    let isCounted = true
    function uncount() {
      if (isCounted) parts.metrics.subscriptions.dec()
      isCounted = false
    }
    const results: AsyncIterator<ExecutionResult> = {
      async next() {
        const { done, value } = await iterator.next().catch((error) => {
          uncount()
          throw expose(error)
        })
        if (!done) return { done: false, value: await map(value) }
        uncount()
        return { done: true, value: undefined }
      },
      async return() {
        await iterator.return?.()
        return { done: true, value: undefined }
      },
    }
    return cancellable(results, uncount)
  }

  async function run(args: ExecutionArgs): Promise<ExecutionResult> {
    try {
      return clean(await executeGraphql(args))
    } catch (error) {
      return { errors: [expose(error)] } // variables nested so deeply that coercing them overflows the stack
    }
  }

  /** Without `data` nothing was executed: the request itself was at fault. */
  function clean(result: ExecutionResult): ExecutionResult {
    if (!result.errors) return result
    const errors = result.errors.map(expose)
    return { ...result, errors: 'data' in result ? errors : errors.map(asBadRequest) }
  }

  return {
    execute,
    subscribe,
    /** Resolves when what is being executed at this moment has its result. */
    async settled(): Promise<void> {
      while (underWay.size) await Promise.allSettled(underWay)
      await new Promise(setImmediate) // what has its result is written by then
    },
  }
}
