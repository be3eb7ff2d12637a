/** One database server after the other: transactions and their ids, the horizon, epochs, and how it crashes and forgets. Mirrors the SQL of prisma/migrations. */
import type { Random } from '../support/adversary.ts'
import { type Commit, createTables, type Row } from './tables.ts'
import type { Trace } from './trace.ts'

export interface Transaction {
  /** 0 as long as it has none. */
  xid: number
}

export type Fault = 'crash' | 'failover' | 'pitr' | 'restore' | 'copy'
/** After it nothing is missing. */
export const HARMLESS: readonly Fault[] = ['crash']
export const FAULTS: readonly Fault[] = ['crash', 'failover', 'pitr', 'restore', 'copy']

export type Database = ReturnType<typeof createDatabase>

export function createDatabase({ below, next }: Random, trace: Trace) {
  const tables = createTables()
  const commits: Commit[] = []
  const open = new Set<Transaction>()
  const locks = new Map<string, Transaction>()
  const server = { system: 1, timeline: 1 }
  /** What ever was forgotten, by stream: whoever is told to resync must have had a reason. */
  const forgotten = new Set<string>()
  let [systems, timelines, nextXid, commitCount, lives] = [1, 1, 3, 0, 0]

  const epoch = () => tables.epochs.at(-1)!
  const isSameServer = () => epoch().system === server.system && epoch().timeline === server.timeline
  const randomBits = () => BigInt(Math.floor(next() * 2 ** 43))

  function commit(made: Commit): void {
    for (const row of made.rows) row.nth = commitCount
    commitCount++
    commits.push(made)
    tables.apply(made)
  }

  function raise(why: string): void {
    const n = tables.epochs.length
    const base = BigInt(n) * 2n ** 44n + randomBits()
    commit({ xid: nextXid++, epoch: { n, base, ...server }, rows: [], said: [] })
    lives++
    trace(`epoch ${n}, base ${base}: ${why}`)
  }

  function lose(count: number): void {
    open.clear()
    locks.clear()
    for (const { rows } of commits.splice(Math.max(1, commits.length - count)))
      for (const { streamId } of rows) forgotten.add(streamId)
    tables.clear()
    for (const kept of commits) tables.apply(kept)
  }

  const lastXid = () => Math.max(...commits.map(({ xid }) => xid))
  const faults: Record<Fault, () => void> = {
    crash() {
      lose(0)
      nextXid = lastXid() + 1 // ids of those that were rolled back come again
    },
    failover() {
      lose(below(5))
      server.timeline = ++timelines
      nextXid = lastXid() + 1 + below(3)
    },
    /** To a point in time: the table of epochs goes back, too. */
    pitr() {
      lose(below(12))
      server.timeline = ++timelines
      nextXid = lastXid() + 1
    },
    restore() {
      lose(below(5))
      Object.assign(server, { system: ++systems, timeline: 1 })
      nextXid = 3
    },
    /** Of the data folder: it cannot tell that it lives another life, so its operator says it. */
    copy() {
      lose(below(5))
      nextXid = lastXid() + 1
      raise('by hand')
    },
  }

  return {
    tables,
    forgotten,
    /** How often another life has begun. */
    lives: () => lives,
    commitCount: () => commitCount,

    // ---------------------------------------------------------------- epochs and the horizon

    epochNow(): bigint {
      if (!isSameServer()) raise('whoever asked has met another server')
      return epoch().base
    },
    epochSeen: (): bigint | null => (isSameServer() ? epoch().base : null),
    epochOfNewest: (): bigint => epoch().base,
    horizon(): bigint {
      const ids = [...open].flatMap(({ xid }) => (xid ? [xid] : []))
      return BigInt(Math.min(nextXid, ...ids)) + epoch().base
    },
    horizonKept(): bigint {
      const [horizon, newest] = [this.horizon(), (tables.newest ?? epoch().base) + 1n]
      return horizon < newest ? horizon : newest
    },

    // ---------------------------------------------------------------- transactions

    begin(): Transaction {
      const transaction = { xid: 0 }
      open.add(transaction)
      return transaction
    },
    isOpen: (transaction: Transaction): boolean => open.has(transaction),
    takeId(transaction: Transaction): void {
      transaction.xid ||= nextXid++
    },
    /** Whether it has it now; else whoever holds it is waited for. */
    lock(transaction: Transaction, name: string): boolean {
      const holder = locks.get(name) ?? transaction
      locks.set(name, holder)
      return holder === transaction
    },
    end(transaction: Transaction, made: { rows: Row[]; said: Commit['said'] } | null): void {
      open.delete(transaction)
      for (const [name, holder] of locks) if (holder === transaction) locks.delete(name)
      if (made) commit({ xid: transaction.xid, epoch: null, ...made })
    },

    // ---------------------------------------------------------------- its life

    start: () => raise('birth'),
    fail(fault: Fault): void {
      trace(`FAULT ${fault}`)
      faults[fault]()
    },
  }
}
