/** A process of its own, so that it takes nothing from those whose answers are measured: floods until it is told to stop, and tells what it tried. */
import { setTimeout as delay } from 'node:timers/promises'
import { connectWhenAdmitted } from '../lib/admitted.ts'
import type { Refusal } from '../lib/api.ts'
import { createRandom } from '../lib/random.ts'
import { STRATEGIES, type Target } from './strategies.ts'

export interface Orders {
  url: string
  tokens: readonly string[]
  target: Target
  seconds: number
  seed: number
}

export interface Flooded {
  attempts: number
  /** By strategy. */
  done: Record<string, { attempts: number; accepted: number }>
  /** How often, by code. */
  refusals: Record<string, number>
  /** Without `retryAfterMs`, of those that have to say it. */
  untold: number
}

const EVERY_MS = 100
/** Their answers are counted, too. */
const LAST_ANSWERS_MS = 5_000

process.once('message', (orders: Orders) => {
  void flood(orders).then((flooded) => {
    process.send?.(flooded)
    process.disconnect()
  })
})

async function flood({ url, tokens, target, seconds, seed }: Orders): Promise<Flooded> {
  const flooded: Flooded = { attempts: 0, done: {}, refusals: {}, untold: 0 }
  const names = Object.keys(STRATEGIES)
  const connections = await Promise.all(tokens.map((token) => connectWhenAdmitted({ url, token })))
  process.send?.('ready')
  const until = performance.now() + seconds * 1_000
  const waiting = new Set<Promise<void>>()

  async function account(index: number): Promise<void> {
    const name = names[index % names.length] ?? ''
    const connection = connections[index]
    const create = STRATEGIES[name]
    if (!connection || !create) throw new Error(`no strategy for account ${index}`)
    const next = create({ target, random: createRandom(seed + index) }, connection)
    flooded.done[name] ??= { attempts: 0, accepted: 0 }
    const counts = flooded.done[name]
    await delay((index * EVERY_MS) / tokens.length)
    while (performance.now() < until) {
      const { document, input, onDone } = next()
      flooded.attempts++
      counts.attempts++
      const answered = connection
        .execute<{ result: { conversation?: { id: string } } | Refusal }>(document, {
          input,
        })
        .then(({ result }) => {
          if ('code' in result) return refused(result)
          counts.accepted++
          if (result.conversation) onDone?.(result.conversation.id)
        })
        .catch((error: Error) => refused({ code: codeIn(error), retryAfterMs: 0 }))
      const counted = answered.finally(() => waiting.delete(counted))
      waiting.add(counted)
      await delay(EVERY_MS)
    }
  }

  function refused({ code, retryAfterMs }: { code: string; retryAfterMs: number | null }): void {
    flooded.refusals[code] = (flooded.refusals[code] ?? 0) + 1
    if (code === 'RATE_LIMITED' && retryAfterMs === null) flooded.untold++
  }

  await Promise.all(tokens.map((_, index) => account(index)))
  await Promise.race([Promise.all(waiting), delay(LAST_ANSWERS_MS)])
  for (const connection of connections) connection.close()
  return flooded
}

const codeIn = ({ message }: Error): string => /"code":"(\w+)"/.exec(message)?.[1] ?? 'no answer'
