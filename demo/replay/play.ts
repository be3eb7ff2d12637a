/** The play: readers listen and are cut off, authors speak, readers get the rest; then the history is read. */
import { startBreakingProxy } from '../lib/breaking-proxy.ts'
import { createGauge } from '../lib/gauge.ts'
import { createProgress } from '../lib/progress.ts'
import { createRandom } from '../lib/random.ts'
import type { Line } from './conversation.ts'
import { cutPlan } from './cut-plan.ts'
import { readHistory } from './history.ts'
import type { Options } from './options.ts'
import { type Reader, startReader } from './reader.ts'
import { sendLines } from './send-lines.ts'
import { HOST, type Stage } from './stage.ts'
import type { Evidence } from './verdict.ts'

export interface Play {
  stage: Stage
  lines: readonly Line[]
  readerNames: readonly string[]
  options: Options
}

export async function play({ stage, lines, readerNames, options }: Play): Promise<Evidence> {
  const { conversationId } = stage
  const random = createRandom(options.seed)
  const stored = createGauge()
  const url = options.breakage
    ? await startBreakingProxy(stage.url, options.breakage, random.between(20, Math.floor(lines.length / 4)))
    : stage.url

  const readers: Reader[] = []
  for (const [index, name] of readerNames.entries()) {
    const token = await stage.tokenFor(name)
    const stretches = cutPlan(lines.length, random)
    const subscription = index % 2 === 0 ? 'conversationEvents' : 'feed'
    readers.push(startReader({ name, subscription, url, token, conversationId, stretches, stored }))
  }
  await Promise.all(readers.map(({ ready }) => ready))

  const progress = createProgress(lines.length)
  const onStored = (count: number) => {
    stored.raise(count)
    progress.show(count)
  }
  const sendings = await sendLines({ lines, stage, speed: options.speed, random, onStored }).finally(progress.end)
  await Promise.all(readers.map((reader) => reader.finish(lines.length)))

  const host = { url: stage.url, bearer: await stage.tokenFor(HOST) }
  const history = await readHistory(host, conversationId, lines.length)
  return { conversationId, lines, sendings, readers: readers.map(({ record }) => record), history }
}
