/** The play: readers listen and are cut off, authors speak, one more reader joins, all get the rest; then the history is read. */
import { startBreakingProxy } from '../lib/breaking-proxy.ts'
import { createGauge } from '../lib/gauge.ts'
import { patiently } from '../lib/patience.ts'
import { createProgress } from '../lib/progress.ts'
import { createRandom } from '../lib/random.ts'
import type { Line } from './conversation.ts'
import { cutPlan, FEWEST_LINES_LEFT } from './cut-plan.ts'
import { readHistory } from './history.ts'
import { startKitReader } from './kit-reader.ts'
import { startLateReader } from './late-reader.ts'
import { glance, readAsLate } from './late-view.ts'
import type { Options } from './options.ts'
import { type Reader, type ReaderOptions, startReader } from './reader.ts'
import { type Sending, sendLines } from './send-lines.ts'
import { HOST, LATE, type Stage } from './stage.ts'
import type { Evidence } from './verdict.ts'

/** When every line is sent, a restart may be under way, or a reader still be missing who hears the line of it. */
const LAST_RESTART_MS = 120_000

export interface Play {
  stage: Stage
  lines: readonly Line[]
  readerNames: readonly string[]
  /** The server is killed as the first of its readers hears so many lines. */
  restartsAt: readonly number[]
  options: Options
}

/** Of four, two on each subscription: one of both has it. */
export const hasKit = (index: number): boolean => index % 4 >= 2

export async function play({ stage, lines, readerNames, restartsAt, options }: Play): Promise<Evidence> {
  const { conversationId, lives } = stage
  const random = createRandom(options.seed)
  const stored = createGauge()
  const heard = createGauge()
  const lateToken = await stage.tokenFor(LATE)
  const { breakage } = options
  // Who joins in the middle may get few.
  const most = Math.floor(breakage === 'early' ? FEWEST_LINES_LEFT / 2 : lines.length / 4)
  const intact = random.between(20, most)
  const url = breakage ? await startBreakingProxy(stage.url, { breakage, intact, lateToken }) : stage.url

  const readers: Reader[] = []
  for (const [index, name] of readerNames.entries()) {
    const token = await stage.tokenFor(name)
    const stretches = cutPlan(lines.length, random)
    const subscription = index % 2 === 0 ? 'conversationEvents' : 'feed'
    const common: Omit<ReaderOptions, 'url'> = {
      lives,
      token,
      conversationId,
      stored,
      heard,
      name,
      subscription,
      stretches,
      joinedAfter: 0,
    }
    // What the kit would mend is not spoiled for it.
    readers.push(hasKit(index) ? startKitReader({ ...common, url: stage.url }) : startReader({ ...common, url }))
  }
  const late = await startLateReader({ stage, url, token: lateToken, lines, random, stored, heard })
  await Promise.all(readers.map(({ ready }) => ready))

  const progress = createProgress(lines.length)
  const onStored = async (count: number, sendings: readonly Sending[]) => {
    stored.raise(count)
    progress.show(count)
    await late.act(count, (index) => messageIdOf(sendings[index]))
  }
  // A restart comes in the middle of a fan-out, and upon a send: of this line, when its answer is slower, or of the next.
  const restarts = (async () => {
    for (const place of restartsAt) {
      await heard.reached(place)
      await lives.restart()
    }
  })()
  restarts.catch(() => null) // told below, and by everybody who waits for the server
  const sendings = await sendLines({ lines, stage, speed: options.speed, random, onStored }).finally(progress.end)
  await patiently('the last restart', restarts, LAST_RESTART_MS)
  readers.push(...late.readers)
  await Promise.all(readers.map((reader) => reader.finish(lines.length)))

  const host = { url: stage.url, bearer: await stage.tokenFor(HOST) }
  const { joinedAfter, pins } = late
  const messageIds = sendings.map(messageIdOf)
  const { idsPerLookup = 1 } = stage.limits
  return {
    conversationId,
    lines,
    sendings,
    readers: readers.map(({ record }) => record),
    history: await readHistory(host, conversationId, lines.length),
    late: {
      joinedAfter,
      pins,
      hostsPinned: (await glance(host, conversationId)).pinned,
      view: await readAsLate(
        { url: stage.url, bearer: lateToken },
        { id: conversationId, joinedAfter, messageIds, idsPerLookup },
      ),
    },
  }
}

const messageIdOf = (sending: Sending | undefined): string => sending?.answers[0]?.id ?? ''
