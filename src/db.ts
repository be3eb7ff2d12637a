/** One Prisma client on PostgreSQL or on the embedded database, and the words for what can go wrong with either. */
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import type { EmbeddedDatabase } from './embedded.ts'
import { ChatError, RETRY_AFTER_MS } from './errors.ts'
import { Prisma, PrismaClient } from './generated/client.ts'

export type Db = PrismaClient

/** Writing transactions hold the horizon back for every consumer, so one that idles is ended. Compiling a query costs more than any of ours. */
export const SESSION =
  '-c jit=off -c idle_in_transaction_session_timeout=10000 -c statement_timeout=30000 -c lock_timeout=10000'

/** Without the place of the call in each error: Prisma would take a stack trace of every query for it, which costs more than what it is asked. */
const ERRORS = { errorFormat: 'minimal' } as const

export function connectPostgres(url: string, connections: number): Db {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connections,
    options: SESSION,
    connectionTimeoutMillis: 5_000,
    application_name: 'parley',
  })
  return new PrismaClient({ adapter, ...ERRORS })
}

export function connectEmbedded({ pglite }: EmbeddedDatabase): Db {
  return new PrismaClient({ adapter: new PrismaPGlite(pglite), ...ERRORS })
}

/** A piece of raw SQL that several queries share. */
export const sql = Prisma.sql
export type Sql = Prisma.Sql

/** SQL's null in a jsonb column; JSON's own is another. */
export const jsonNull = Prisma.DbNull

export type Transaction = Parameters<Parameters<Db['$transaction']>[0]>[0]

/** Nothing but the database may be awaited inside: on the embedded one everybody else waits meanwhile. */
export function transaction<T>(db: Db, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(work, { timeout: 30_000, maxWait: 10_000 })
}

interface Failure {
  code?: string
  message?: string
  meta?: { driverAdapterError?: { cause?: { kind?: string; originalCode?: string } } }
  cause?: { kind?: string; originalCode?: string }
}

/** The SQLSTATE of a failed query, where the database said one. */
export function sqlState(error: unknown): string | null {
  return causeOf(error)?.originalCode ?? null
}

/** An away or overloaded database becomes SERVICE_UNAVAILABLE; all else stays what it is. */
export function unavailable(error: unknown): unknown {
  return isAway(error)
    ? new ChatError('SERVICE_UNAVAILABLE', { retryAfterMs: RETRY_AFTER_MS }, { cause: error })
    : error
}

/** By SQLSTATE class: connection, transaction rollback, resources, operator intervention, system; and a lock not had in time. */
const AWAY_STATES = /^(08|40|53|57|58)|^55P03$/
const AWAY_KINDS = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']
/** pg says no more of a connection that broke under a query, nor of one that did not become free in time. */
const BROKEN =
  /^Connection terminated|^timeout exceeded when trying to connect|ECONNRESET|ECONNREFUSED|PGlite is closed/
const AWAY_CODES = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']

function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as Failure
  const { kind = '', originalCode = '' } = causeOf(error) ?? {}
  const isBroken = BROKEN.test(message)
  return isBroken || AWAY_CODES.includes(code) || AWAY_KINDS.includes(kind) || AWAY_STATES.test(originalCode)
}

function causeOf(error: unknown): Failure['cause'] {
  const { meta, cause } = error as Failure
  return meta?.driverAdapterError?.cause ?? cause
}
