/** Who stores messages, and how the bench measures it. */
import type { Db } from '../../src/db.ts'
import { cpuSecondsOfTree } from '../lib/cpu.ts'

export const CONVERSATIONS = 64
export const TEXT = 'x'.repeat(156)

export interface Contender {
  db: Db
  /** Resolves when a message of this conversation is stored for good. */
  send(conversation: number): Promise<unknown>
}

export interface Result {
  sends: number
  perSecond: number
  ownCpuUs: number
  postgresCpuUs: number
}

export interface Round {
  senders: number
  ms: number
  /** The first process of the server. */
  postgres: number
}

/** Each sender sends its next message when the one before is acknowledged. */
export async function measure({ db, send }: Contender, { senders, ms, postgres }: Round): Promise<Result> {
  await db.$executeRaw`checkpoint` // what others left to be written is not this one's to pay
  const [start, ownCpu, postgresCpu] = [performance.now(), process.cpuUsage(), cpuSecondsOfTree(postgres)]
  let sends = 0
  const sender = async (conversation: number) => {
    while (performance.now() - start < ms) {
      await send(conversation)
      sends++
    }
  }
  await Promise.all(Array.from({ length: senders }, (_, n) => sender(n % CONVERSATIONS)))
  const seconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(ownCpu)
  return {
    sends,
    perSecond: sends / seconds,
    ownCpuUs: (user + system) / sends,
    postgresCpuUs: ((cpuSecondsOfTree(postgres) - postgresCpu) * 1e6) / sends,
  }
}

/** As if there were no group commit: each message waits for the one before. */
export function oneAtATime({ db, send }: Contender): Contender {
  let last: Promise<unknown> = Promise.resolve()
  return {
    db,
    send(conversation) {
      last = last.then(() => send(conversation))
      return last
    },
  }
}
