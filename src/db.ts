/** One Prisma client on PostgreSQL or on the embedded database, and the words for what can go wrong with either. */
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import type { EmbeddedDatabase } from './embedded.ts'
import { ChatError } from './errors.ts'
import { Prisma, PrismaClient } from './generated/client.ts'

export type Db = PrismaClient

/** Writing transactions hold the horizon back for every consumer, so one that idles is ended. */
const SESSION = '-c idle_in_transaction_session_timeout=10000 -c statement_timeout=30000 -c lock_timeout=10000'

export function connectPostgres(url: string, connections: number): Db {
  const adapter = new PrismaPg({ connectionString: url, max: connections, options: SESSION, connectionTimeoutMillis: 5_000, application_name: 'parley' })
  return new PrismaClient({ adapter })
}

export function connectEmbedded({ pglite }: EmbeddedDatabase): Db {
  return new PrismaClient({ adapter: new PrismaPGlite(pglite) })
}

/** A piece of raw SQL that several queries share. Rows: int8 is bigint, timestamptz is Date, jsonb is parsed. */
export const sql = Prisma.sql

export type Transaction = Parameters<Parameters<Db['$transaction']>[0]>[0]

/** Nothing but the database may be awaited inside: on the embedded one everybody else waits meanwhile. */
export function transaction<T>(db: Db, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(work, { timeout: 30_000, maxWait: 10_000 })
}

/** The SQLSTATE of a failed query, where the database said one. */
export function sqlState(error: unknown): string | null {
  const { meta, cause } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }; cause?: { originalCode?: string } }
  return meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode ?? null
}

/** Bad data is the caller's fault and stays what it is; all else means that the database could not serve just now. */
export function unavailable(error: unknown): ChatError {
  if (error instanceof ChatError) return error
  return new ChatError('SERVICE_UNAVAILABLE', { retryAfterMs: 1_000 }, { cause: error })
}
