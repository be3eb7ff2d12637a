/** Who gives events to many readers, and how the bench measures it. */
import { setTimeout } from 'node:timers/promises'
import type { Server } from '../lib/baselines.ts'
import { cpuSecondsOfTree } from '../lib/cpu.ts'
import type { Crowd } from '../lib/crowd.ts'

export interface Contender extends Pick<Server, 'pids'> {
  crowd: Crowd
  /** Sends so many events in one burst. */
  burst(events: number): unknown
  /** Whose CPU is told beside: what stores the events, where somebody does. */
  besides?: number
}

export interface Result {
  deliveries: number
  /** Per delivery. */
  cpuUs: number
  besidesUs: number
  bytes: number
  perSecond: number
}

const LEAST_BURSTS = 6

/**
 * Every contender gets its bursts at the same pace, slow enough for the slowest of them: what a write costs depends on whether the other side is awake
 * already, so one that is asked for the next burst as soon as the one before is through would be another load than one that is not.
 */
const everyMs = (events: number): number => 40 * events ** 0.85

/**
 * Burst by burst: the next one begins when it is time for it, and every reader has all of the one before. The first is not measured: it finds a process that
 * was cold while the others had their turn, for half a minute or more.
 */
export async function measure(
  { crowd, pids, burst, besides }: Contender,
  { events, ms }: { events: number; ms: number },
): Promise<Result> {
  const cpu = () => pids.reduce((sum, pid) => sum + cpuSecondsOfTree(pid), 0)
  const cpuBesides = () => (besides === undefined ? 0 : cpuSecondsOfTree(besides))
  async function one(): Promise<void> {
    const next = setTimeout(everyMs(events))
    await Promise.all([crowd.each(events), burst(events)])
    await next
  }
  await one()
  const [start, startCpu, startBesides, startBytes] = [performance.now(), cpu(), cpuBesides(), crowd.bytesRead()]
  let bursts = 0
  for (; bursts < LEAST_BURSTS || performance.now() - start < ms; bursts++) await one()
  const seconds = (performance.now() - start) / 1_000
  const deliveries = bursts * events * crowd.sockets.length
  return {
    deliveries,
    cpuUs: ((cpu() - startCpu) * 1e6) / deliveries,
    besidesUs: ((cpuBesides() - startBesides) * 1e6) / deliveries,
    bytes: (crowd.bytesRead() - startBytes) / deliveries,
    perSecond: deliveries / seconds,
  }
}
