/**
 * `npm run demo:replay -- [FILE.jsonl]`: plays a real conversation through the public API, while its readers are cut off
 * again and again, the server is killed if asked for, and a fifth of the sends are repeated, and one more reader joins in the middle, to see nothing from before;
 * then compares what each reader got, and what is stored, with the file.
 */
import { basename } from 'node:path'
import { raisedRates } from '../scripts/raised-rates.ts'
import { createLives } from './lib/lives.ts'
import { CannotRun, conclude } from './lib/outcome.ts'
import { type Product, startProduct } from './lib/product.ts'
import { createRandom } from './lib/random.ts'
import { authorsOf, type Line, readConversation } from './replay/conversation.ts'
import { FEWEST_LINES } from './replay/cut-plan.ts'
import { makeConversation } from './replay/made-up.ts'
import { type Options, readOptions } from './replay/options.ts'
import { hasKit, type Play, play } from './replay/play.ts'
import { restartPlan } from './replay/restart-plan.ts'
import { type Stage, setStage } from './replay/stage.ts'
import { judge } from './replay/verdict.ts'

const RAISED = { membersPerCall: 1_000, socketsPerUser: 1_000, operationsPerSecond: 10_000, ...raisedRates() }

await conclude(async () => {
  const options = readOptions(process.argv.slice(2))
  const lines = options.file === null ? makeConversation(createRandom(options.seed)) : readConversation(options.file)
  if (lines.length < FEWEST_LINES)
    throw new CannotRun(`cutting each reader ten times takes ${FEWEST_LINES} messages at least, not ${lines.length}`)

  const { product, url, key } = await serverFor(options)
  const readerNames = Array.from({ length: options.readers }, (_, index) => `reader ${index + 1}`)
  const restartsAt = restartPlan(lines.length, options.serverRestarts, createRandom(options.seed))
  const lives = createLives(async () => product?.restart())
  const stage = await setStage({ url, key, lives }, [...new Set([...authorsOf(lines), ...readerNames])])
  console.log(header({ options, lines, stage, product, restartsAt }))

  const { summary, faults } = await perform({ stage, lines, readerNames, restartsAt, options })
  await product?.stop().catch((error: Error) => faults.push(error.message))
  if (faults.length > 0 && product?.log()) console.log(`The server's log ends:\n${product.log()}`)
  return { summary, faults }
})

async function serverFor({
  server,
  bus,
  limits,
}: Options): Promise<{ url: string; key: string; product: Product | null }> {
  if (server) return { ...server, product: null }
  const product = await startProduct(limits === 'raised' ? RAISED : {}, bus)
  return { url: product.url, key: product.key, product }
}

/** Whatever goes wrong from here on is the product's fault. */
async function perform(parts: Play): Promise<{ summary: string; faults: string[] }> {
  const start = performance.now()
  try {
    const evidence = await play(parts)
    const { faults, cuts, cutsInReplay, repeatsAbsorbed, feedRepeats, previews, gotByLate } = judge(evidence)
    const { lines, sendings, readers, late } = evidence
    const restarts = parts.restartsAt.length
    const lost = sendings.filter(({ isFirstLost }) => isFirstLost)
    const stored = lost.filter(({ answers }) => answers[0]?.deduplicated).length
    console.log(`took     ${((performance.now() - start) / 1000).toFixed(1)} s`)
    console.log(`cuts     ${cuts}, ${cutsInReplay} of them in the middle of a replay`)
    console.log(
      `repeats  ${repeatsAbsorbed} stored once; ${lost.length} of them as the answer was lost (${stored} had been stored)`,
    )
    if (restarts > 0)
      console.log(
        `restarts ${restarts}: readers came back ${sum(readers, 'comebacks')} times, ${sum(sendings, 'lostToRestarts')} sends were repeated`,
      )
    console.log(`feeds    gave ${feedRepeats} events again after cuts, as they had been`)
    console.log(
      `previews ${previews.right} of ${previews.annotated}, ${previews.hidden} of them hidden from who joined later`,
    )
    console.log(`late     joined after line ${late.joinedAfter}, got ${gotByLate}`)
    const summary = `${lines.length} messages, ${parts.readerNames.length + 1} readers, ${cuts} cuts, ${repeatsAbsorbed} repeats absorbed${restarts > 0 ? `, ${restarts} server restart${restarts > 1 ? 's' : ''}` : ''}`
    return { summary, faults }
  } catch (error) {
    return { summary: '', faults: [(error as Error).message] }
  }
}

interface Header {
  options: Options
  lines: readonly Line[]
  stage: Stage
  product: Product | null
  restartsAt: readonly number[]
}

function sum<Name extends string>(list: readonly Record<Name, number>[], name: Name): number {
  return list.reduce((total, each) => total + each[name], 0)
}

function header({ options, lines, stage, product, restartsAt }: Header): string {
  const { file, speed, readers, seed, breakage } = options
  const kits = Array.from({ length: readers }, (_, index) => index).filter(hasKit).length
  const limits = Object.entries(stage.limits).map(
    ([name, value]) =>
      `${name} ${value}${product && options.limits === 'raised' && name in RAISED ? ' (raised by npm run tenant)' : ''}`,
  )
  return [
    `replay   ${lines.length} messages, ${lines.filter(({ replyTo }) => replyTo !== undefined).length} of them replies, of ${authorsOf(lines).length} authors from ${file === null ? 'a made-up conversation' : basename(file)}`,
    `server   ${stage.url}${product ? `, our own, on ${product.database}` : ''}`,
    `limits   ${limits.join(', ')}`,
    `readers  ${Math.ceil(readers / 2)} on conversationEvents, ${Math.floor(readers / 2)} on feed, 1 who joins in the middle on both; ${kits} of them and every second author have the client kit${breakage ? `; one without it gets a spoiled stream: ${breakage}` : ''}`,
    `speed    ${Number.isFinite(speed) ? `${speed} times as it was said` : 'max'}`,
    `seed     ${seed}`,
    ...(restartsAt.length > 0
      ? [`restarts by kill -9 as message ${restartsAt.join(', ')} is stored and the first reader hears it`]
      : []),
  ].join('\n')
}
