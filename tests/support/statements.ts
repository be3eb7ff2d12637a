/**
 * Counts the SQL statements that each HTTP request sends to the database, between Prisma and its driver: so whatever Prisma makes of a call is
 * counted as it is sent. Begin and commit are not counted: the embedded database's driver does not show them.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { afterAll, beforeAll } from 'vitest'

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>
type Queryable = Pick<Adapter, 'queryRaw' | 'executeRaw'>

/** What the request in hand has sent so far; nothing for workers, which belong to no request. */
const current = new AsyncLocalStorage<string[]>()
let requests: string[][] = []
let isCounting = false

subscribe('http.server.request.start', () => {
  if (!isCounting) return
  const statements: string[] = []
  requests.push(statements)
  current.enterWith(statements)
})

const BRACKET = /^\s*(begin|commit|rollback|savepoint|release|set transaction)\b/i

function watch<T extends Queryable>(queryable: T): T {
  for (const method of ['queryRaw', 'executeRaw'] as const) {
    const send = queryable[method].bind(queryable) as (query: { sql: string }) => Promise<never>
    queryable[method] = (query: { sql: string }) => {
      if (!BRACKET.test(query.sql)) current.getStore()?.push(query.sql)
      return send(query)
    }
  }
  return queryable
}

for (const { prototype } of [PrismaPg, PrismaPGlite] as { prototype: { connect(): Promise<Adapter> } }[]) {
  const { connect } = prototype
  prototype.connect = async function (this: unknown) {
    const adapter = watch(await connect.call(this))
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (level) => watch(await start(level))
    return adapter
  }
}

/**
 * At the top of a test file. What is kept for a second (tokens' keys, tenants, who a token names) would be read again by chance: time stands still
 * instead, until the file is done. Others follow in the same process.
 */
export function countStatements(): void {
  const { now } = performance
  beforeAll(() => {
    const standing = performance.now()
    performance.now = () => standing
    isCounting = true
  })
  afterAll(() => {
    performance.now = now
    isCounting = false
  })
}

/** What was sent for all requests that `ask` makes; it must not run beside others. */
export async function statementsOf(ask: () => Promise<unknown>): Promise<string[]> {
  requests = []
  await ask()
  return requests.flat()
}

/** Which statement was sent how often more or less, in few words: for the message of a test that fails. */
export function difference(before: readonly string[], after: readonly string[]): string {
  const counts = new Map<string, number>()
  const count = (statements: readonly string[], by: number) => {
    for (const sql of statements) {
      const short = sql.replace(/\s+/g, ' ').replace(/\$\d+(, ?\$\d+)*/g, '$n')
      counts.set(short, (counts.get(short) ?? 0) + by)
    }
  }
  count(before, -1)
  count(after, 1)
  const differing = [...counts].filter(([, times]) => times !== 0)
  return differing.map(([sql, times]) => `${times > 0 ? '+' : ''}${times}: ${sql}`).join('\n')
}
