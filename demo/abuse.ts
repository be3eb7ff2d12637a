/**
 * `npm run demo:abuse -- [--limits off]`: fifty fresh accounts flood a tenant in every way that comes to mind, while twenty users chat in it. Little
 * of the flood may reach a reader, nothing of what the users say may be refused, and they may hardly feel it. With the limits off it must fail.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { raisedRates } from '../scripts/raised-rates.ts'
import { type Chatted, openCrowd } from './abuse/crowd.ts'
import type { Flooded, Orders } from './abuse/flood.ts'
import { type Options, readOptions } from './abuse/options.ts'
import { isFlooder, type Stage, setStage } from './abuse/stage.ts'
import { type Evidence, judge, p99, percent } from './abuse/verdict.ts'
import { conclude } from './lib/outcome.ts'
import { patiently } from './lib/patience.ts'
import { startProduct } from './lib/product.ts'
import { createRandom } from './lib/random.ts'

const WARM_UP_SECONDS = 5

await conclude(async () => {
  const options = readOptions(process.argv.slice(2))
  const product = await startProduct(options.limits === 'off' ? raisedRates() : {}, null)
  const stage = await setStage(product)
  console.log(
    `server   ${product.url}, our own, on ${product.database}; limits ${options.limits === 'off' ? 'raised by npm run tenant until they are as good as off' : 'as every tenant begins with'}`,
  )
  console.log(
    `users    ${stage.tokens.length} whom the customer has known for long, a message a second each; then ${stage.floodTokens.length} fresh accounts with ten attempts a second each; ${options.seconds} s of either`,
  )
  const evidence = await perform(product.url, stage, options)
  for (const line of told(evidence)) console.log(line)
  const faults = judge(evidence)
  await product.stop().catch((error: Error) => faults.push(error.message))
  const { reached, flooded, during, quiet } = evidence
  const summary = `${percent(reached / flooded.attempts)} of ${flooded.attempts} reached a reader, 0 sends of users refused, p99 ${(p99(during.latenciesMs) / p99(quiet.latenciesMs)).toFixed(2)} times the quiet one`
  return { summary, faults }
})

async function perform(url: string, stage: Stage, { seconds, seed }: Options): Promise<Evidence> {
  const crowd = await openCrowd({ url, ...stage }, (member) => createRandom(seed * 1_000 + member))
  await crowd.chat(WARM_UP_SECONDS)
  const quiet = await crowd.chat(seconds)
  const flood = fork(join(import.meta.dirname, 'abuse/flood.ts'))
  process.once('exit', () => flood.kill('SIGKILL'))
  const { floodTokens: tokens, target } = stage
  flood.send({ url, tokens, target, seconds, seed } satisfies Orders)
  await answerOf<'ready'>(flood, 60)
  const flooding = answerOf<Flooded>(flood, seconds + 60)
  const during = await crowd.chat(seconds)
  const flooded = await flooding
  await crowd.close()
  return { quiet, during, flooded, reached: crowd.heardOf(isFlooder) }
}

async function answerOf<Answer>(child: ChildProcess, seconds: number): Promise<Answer> {
  const gone = once(child, 'exit').then(() => {
    throw new Error('the flood ended before it had told what it did')
  })
  const [answer] = await patiently('the flood', Promise.race([once(child, 'message'), gone]), seconds * 1_000)
  return answer as Answer
}

function told({ quiet, during, flooded, reached }: Evidence): string[] {
  const line = (name: string, { latenciesMs, refusals }: Chatted) =>
    `${name} ${latenciesMs.length} sends of users, ${refusals.length} refused, p99 ${p99(latenciesMs).toFixed(1)} ms`
  return [
    line('quiet   ', quiet),
    line('flooded ', during),
    ...Object.entries(flooded.done).map(
      ([name, { attempts, accepted }]) => `flood    ${name}: ${attempts} attempts, ${accepted} accepted`,
    ),
    `refused  ${Object.entries(flooded.refusals)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
    `reached  ${reached} of ${flooded.attempts}, ${percent(reached / flooded.attempts)}`,
  ]
}
