/**
 * Executing operations, the same over HTTP, SSE and WebSocket. A subscription's selection is executed once for all readers that are
 * given the same event and ask the same of it.
 */
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute as executeGraphql } from 'graphql'
import { createRecentUsers } from '../accounts/recent-users.ts'
import { type Context, createGroupContext, type Parts } from '../context.ts'
import type { Cursor } from '../delivery/cursor.ts'
import { type Delivered, isDelivered } from '../delivery/delivered.ts'
import { isSource } from '../delivery/source.ts'
import { Cancellable } from '../lib/cancellable.ts'
import { createLoaders, type Loaders } from '../loaders.ts'
import { asBadRequest, type Expose } from './errors.ts'
import { createGroups, type Group } from './groups.ts'
import type { Outbox } from './outbox.ts'
import { Pushing } from './push.ts'
import { groupKey } from './selection.ts'
import { Sink } from './sink.ts'

export type Execution = ReturnType<typeof createExecution>

export function createExecution(parts: Parts, expose: Expose) {
  const groups = createGroups()
  const sources = { ...parts, users: createRecentUsers(parts.users) }
  const loaders = new WeakMap<object, Loaders>()

  const underWay = new Set<Promise<unknown>>()

  function execute(args: ExecutionArgs): Promise<ExecutionResult> {
    const result = run(args)
    underWay.add(result)
    return result.finally(() => underWay.delete(result))
  }

  /** Pulled by its reader, over SSE: the cursor of what has one comes beside it, whether it was selected or not. */
  async function stream(
    args: ExecutionArgs,
  ): Promise<AsyncIterableIterator<{ result: ExecutionResult; cursor: Cursor | null }> | ExecutionResult> {
    const source = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in source)) return clean(source)
    const { group, leave } = enter(args)
    return mapped(source as AsyncIterableIterator<object>, leave, async (given) => {
      parts.metrics.deliveries.inc()
      return isDelivered(given)
        ? { result: await group.shareOf(given).result, cursor: given.cursor }
        : { result: await alone(given, args), cursor: null }
    })
  }

  /** Pushed to a socket, past the library that only hears how it ends. What is given to one reader and nobody else goes the library's way. */
  async function push(
    args: ExecutionArgs,
    to: { outbox: Outbox; id: string },
  ): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const source = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in source)) return clean(source)
    const { group, leave } = enter(args)
    return isSource(source)
      ? new Pushing(source, new Sink({ ...to, group }), { ended: leave, expose })
      : mapped(source as AsyncIterableIterator<object>, leave, (given) => alone(given, args))
  }

  /** As presence and typing are. */
  function alone(given: object, args: ExecutionArgs): Promise<ExecutionResult> {
    parts.metrics.executions.inc()
    const context = args.contextValue as Context
    const loaders = { value: createLoaders(parts, context.tenantId) }
    return run({ ...args, rootValue: given, contextValue: Object.create(context, { loaders }) })
  }

  /** Among those who are given the same for the same event. */
  function enter(args: ExecutionArgs): { group: Group; leave: () => void } {
    const context = args.contextValue as Context
    const { key, dependsOnViewer } = groupKey(args, context)
    const group = groups.enter(key, (delivered) => {
      parts.metrics.executions.inc()
      const contextValue = dependsOnViewer ? viewerContext(context, delivered) : groupContext(delivered)
      return run({ ...args, rootValue: delivered, contextValue })
    })
    parts.metrics.subscriptions.inc()
    return {
      group,
      leave() {
        groups.leave(key)
        parts.metrics.subscriptions.dec()
      },
    }
  }

  const groupContext = (delivered: Delivered) =>
    createGroupContext(parts, delivered.cursor.tenantId, () => loadersOf(delivered))

  /** The viewer's own, with loaders that end with the event. */
  function viewerContext(context: Context, delivered: Delivered): Context {
    return Object.create(context, { loaders: { get: () => loadersOf(delivered) } }) as Context
  }

  /** Made when one is asked for. Shared by what was read together: the groups of one event, the events of one page of history. */
  function loadersOf(delivered: Delivered): Loaders {
    const token = delivered.kind === 'EVENT' ? delivered.readWith : delivered
    const known = loaders.get(token) ?? createLoaders(sources, delivered.cursor.tenantId)
    loaders.set(token, known)
    return known
  }

  /** Ends with its source, or the moment it is told to. */
  function mapped<Given, T>(
    source: AsyncIterator<Given>,
    ended: () => void,
    map: (given: Given) => Promise<T>,
  ): AsyncIterableIterator<T> {
    let isOver = false
    function end(): void {
      if (!isOver) ended()
      isOver = true
    }
    const results: AsyncIterator<T> = {
      async next() {
        const { done, value } = await source.next().catch((error) => {
          end()
          throw expose(error)
        })
        if (!done) return { done: false, value: await map(value) }
        end()
        return { done: true, value: undefined }
      },
      async return() {
        await source.return?.()
        return { done: true, value: undefined }
      },
    }
    return new Cancellable(results, end)
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
    stream,
    push,
    /** Resolves when what is being executed at this moment has its result. */
    async settled(): Promise<void> {
      while (underWay.size) await Promise.allSettled(underWay)
      await new Promise(setImmediate) // what has its result is written by then
    },
  }
}
