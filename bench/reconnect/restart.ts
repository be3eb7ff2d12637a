/** One restart: the node is killed and started again, and from the moment that it is ready its author speaks, until everybody hears him. */
import { setTimeout as delay } from 'node:timers/promises'
import { newUuid } from '../../src/lib/ids.ts'
import { openAsker } from '../lib/asker.ts'
import { SEND } from '../lib/documents.ts'
import type { Listener } from './listeners.ts'
import type { Stage } from './stage.ts'

/** Between two messages. */
const PACE_MS = 20
const LONGEST_MS = 60_000
const LOOK_MS = 5

/** Milliseconds from ready to heard, for each of `listeners`. The ids of what is said come to `said`. */
export async function restart(stage: Stage, listeners: readonly Listener[], said: string[]): Promise<number[]> {
  await stage.kill()
  const starting = stage.start()
  const readyAt = await untilReady(stage.url)
  const back: number[] = []
  const all = Promise.all(
    listeners.map(async (listener, nth) => {
      back[nth] = await heardAfter(listener, readyAt)
    }),
  )
  let areAllBack = false
  void all.then(() => {
    areAllBack = true
  })
  using author = await openAsker(`${stage.url}/graphql`, stage.author.token)
  while (!areAllBack) {
    if (performance.now() - readyAt > LONGEST_MS) throw new Error('somebody has not come back')
    said.push(await say(author, stage.conversationId))
    await delay(PACE_MS)
  }
  await starting
  const last = await say(author, stage.conversationId)
  said.push(last)
  await Promise.all(listeners.map((listener) => hearing(listener, last)))
  return back
}

async function say(author: Awaited<ReturnType<typeof openAsker>>, conversationId: string): Promise<string> {
  type Sent = { sendMessage: { message: { id: string } } }
  const input = { conversationId, text: 'x', clientMessageId: newUuid() }
  const [sent] = await author.ask<Sent>(SEND, [{ input }])
  return sent?.sendMessage.message.id ?? ''
}

/** By performance.now(). */
async function untilReady(url: string): Promise<number> {
  for (;;) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return performance.now()
    await delay(LOOK_MS)
  }
}

function heardAfter(listener: Listener, readyAt: number): Promise<number> {
  return new Promise((resolve) => {
    listener.onMessage = () => resolve(performance.now() - readyAt)
  })
}

/** The newest one has come, so all that it will ever hear of those before has. */
function hearing(listener: Listener, id: string): Promise<void> {
  return new Promise((resolve) => {
    if (listener.heard.has(id)) return resolve()
    listener.onMessage = (heard) => heard === id && resolve()
  })
}
