/** Sends what is in the outbox: in order in each conversation, by one tab at a time, again until it is answered. */
import type { Clock, Locks } from '../environment.ts'
import { RequestError } from '../errors.ts'
import type { OutboxEntry } from '../types.ts'
import { laneOf } from './entry.ts'
import type { Outbox } from './outbox.ts'
import type { Done } from './perform.ts'

/** At most one in each conversation. */
const READ_EVERY_MS = 2_000
/** Where the server has not said when to ask again. */
const AGAIN_MS = 1_000

export interface Sender {
  /** Something may be sent now: it was added, the connection is there, another tab has let go. */
  wake(): void
  stop(): void
}

interface Options {
  outbox: Outbox
  clock: Clock
  locks: Locks
  /** Of those who share the outbox. */
  name: string
  /** Whether anything is taken now. */
  isOpen(): boolean
  /** Rejects with a RequestError. What it answers is shown before the entry leaves the outbox. */
  perform(entry: OutboxEntry): Promise<Done>
}

export function createSender({ outbox, clock, locks, name, isOpen, perform }: Options): Sender {
  const busy = new Map<string, Promise<void>>()
  /** By lane: not before. */
  const waits = new Map<string, number>()
  let timer: unknown
  let isRunning = false
  let isToRun = false
  let isStopped = false
  let pump = () => {}

  function wake(): void {
    if (isStopped || !isOpen()) return
    pump() // what was added while it is sending needs no new turn
    isToRun = true
    if (!isRunning) void run()
  }

  async function run(): Promise<void> {
    isRunning = true
    while (isToRun && isOpen() && !isStopped) {
      isToRun = false
      await outbox.kept()
      if (outbox.entries.get().some(isPending)) await locks.request(name, drain)
    }
    isRunning = false
  }

  /** While this tab has the turn. Ends when there is nothing left that can be sent now. */
  async function drain(): Promise<void> {
    await outbox.reload()
    pump = () => {
      for (const entry of outbox.entries.get()) {
        const lane = laneOf(entry)
        if (!isPending(entry) || busy.has(lane) || !isDue(lane)) continue
        const sending = send(entry, lane).finally(() => {
          busy.delete(lane)
          pump()
        })
        busy.set(lane, sending)
      }
    }
    pump()
    while (busy.size > 0) await Promise.race(busy.values())
    pump = () => {}
  }

  function isDue(lane: string): boolean {
    const now = clock.now()
    const until = waits.get(lane) ?? 0
    if (isStopped || !isOpen()) return false
    if (until <= now || until > now + 60_000) return true // the latter: the clock was set back
    return false
  }

  async function send(entry: OutboxEntry, lane: string): Promise<void> {
    outbox.change(entry.id, { state: 'sending', attempts: entry.attempts + 1 })
    if (entry.action.kind === 'read') wait(lane, READ_EVERY_MS)
    try {
      const done = await perform(entry)
      if (done.error) outbox.change(entry.id, { state: 'failed', error: done.error })
      else outbox.remove(entry.id)
    } catch (error) {
      refused(entry, lane, error instanceof RequestError ? error : new RequestError('BAD_REQUEST', String(error)))
    }
  }

  function refused(entry: OutboxEntry, lane: string, { code, message, retryable, retryAfterMs }: RequestError): void {
    const isForNow = retryable || code === 'CLOSED' || code === 'TOKEN_EXPIRED' || code === 'UNAUTHENTICATED'
    if (isForNow) {
      outbox.change(entry.id, { state: 'pending' })
      wait(lane, retryAfterMs ?? AGAIN_MS)
    } else if (entry.action.kind === 'read')
      outbox.remove(entry.id) // nobody can do anything about it
    else outbox.change(entry.id, { state: 'failed', error: { code, explanation: message } })
  }

  function wait(lane: string, ms: number): void {
    waits.set(lane, clock.now() + ms)
    clock.clearTimeout(timer)
    const next = Math.min(...waits.values()) - clock.now()
    timer = clock.setTimeout(passed, Math.max(next, 0))
  }

  function passed(): void {
    const now = clock.now()
    for (const [lane, until] of waits) if (until <= now) waits.delete(lane)
    if (waits.size > 0) timer = clock.setTimeout(passed, Math.max(Math.min(...waits.values()) - now, 1))
    wake()
  }

  return {
    wake,
    stop() {
      isStopped = true
      clock.clearTimeout(timer)
    },
  }
}

const isPending = ({ state }: OutboxEntry): boolean => state === 'pending'
