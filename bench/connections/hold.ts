/** Opens sockets in steps on a server that has just started, holds them, and tells what they cost it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Server } from '../lib/baselines.ts'
import { cpuSecondsOfTree } from '../lib/cpu.ts'
import { openCrowd } from '../lib/crowd.ts'
import type { Greeting } from '../lib/light-socket.ts'
import { rssBytes } from '../lib/memory.ts'
import type { Statements } from '../lib/statements.ts'

export interface Holder {
  /** A fresh one, with nobody connected. */
  start(opened: AsyncDisposableStack): Promise<Server>
  greeting(server: Server, nth: number): Greeting
  /** Of its database, if it has one. */
  statements?: Statements
}

export interface Held {
  sockets: number
  /** What each socket holds, and took to connect and subscribe. */
  rssKb: number
  connectCpuUs: number
  connectStatements: number
  idleCpuPercent: number
  idleStatementsPerSecond: number
}

/** What a connect leaves behind for the collector has been collected then, or will stay for long. */
const SETTLE_MS = 3_000
/** What a storm leaves behind is collected in the minute after it, once: that is not what idling costs. */
const CALM_MS = 40_000

/** One after the other of the numbers in `steps` are open; the last ones stay for the idle time. Resolves to what was so at each step. */
export async function hold(
  { start, greeting, statements }: Holder,
  { steps, idleMs }: { steps: readonly number[]; idleMs: number },
): Promise<Held[]> {
  await using opened = new AsyncDisposableStack()
  const server = await start(opened)
  const cpu = () => server.pids.reduce((sum, pid) => sum + cpuSecondsOfTree(pid), 0)
  const rss = () => rssBytes(server.pids[0] ?? 0)
  const taken = async () => (await statements?.taken())?.all ?? 0
  await delay(SETTLE_MS)
  await taken()
  const [firstRss, firstCpu] = [rss(), cpu()]
  const all: Held[] = []
  let asked = 0
  let open = 0
  for (const step of steps) {
    const from = open
    opened.use(await openCrowd({ count: step - from, greeting: (nth) => greeting(server, from + nth) }))
    open = step
    const connectCpuUs = ((cpu() - firstCpu) * 1e6) / open
    asked += await taken()
    const ms = step === steps.at(-1) ? idleMs : 0
    const idle = await idling(ms, { cpu, taken })
    all.push({
      sockets: open,
      rssKb: (rss() - firstRss) / 1_024 / open,
      connectCpuUs,
      connectStatements: asked / open,
      ...idle,
    })
  }
  return all
}

async function idling(ms: number, { cpu, taken }: { cpu: () => number; taken: () => Promise<number> }) {
  await delay(ms ? CALM_MS : SETTLE_MS)
  await taken()
  const [start, startCpu] = [performance.now(), cpu()]
  await delay(ms)
  const seconds = (performance.now() - start) / 1_000
  return { idleCpuPercent: ((cpu() - startCpu) / seconds) * 100, idleStatementsPerSecond: (await taken()) / seconds }
}
