/** The two servers of bench/baselines with their readers, and what no server could be cheaper than. */
import { randomUUID } from 'node:crypto'
import { initFrame, openAsker, PROTOCOL, subscribeFrame } from '../lib/asker.ts'
import { startBare, startFloor, startUsual } from '../lib/baselines.ts'
import { openCrowd } from '../lib/crowd.ts'
import { BODY, USUAL_EVENTS, USUAL_SEND } from '../lib/documents.ts'
import { openLightSocket } from '../lib/light-socket.ts'
import type { Contender } from './contender.ts'

const TOPIC = 'fanout'

export async function bareContender(count: number, opened: AsyncDisposableStack): Promise<Contender> {
  const { url, pids } = await startBare(opened)
  const join = JSON.stringify({ join: TOPIC })
  const crowd = opened.use(await openCrowd({ count, greeting: () => ({ url, steps: [[join]] }) }))
  const sender = await openLightSocket({ url, steps: [] })
  opened.defer(() => sender.destroy())
  const send = JSON.stringify({ send: TOPIC, body: BODY })
  return { pids, crowd, burst: (events) => sender.send(Array.from({ length: events }, () => send)) }
}

export async function usualContender(count: number, opened: AsyncDisposableStack): Promise<Contender> {
  const { url, pids } = await startUsual(opened)
  // Its subscriptions say nothing when they begin: the answer to a ping comes right after.
  const listen = () => [subscribeFrame(randomUUID(), USUAL_EVENTS, { topic: TOPIC }), JSON.stringify({ type: 'ping' })]
  const greeting = () => ({ url, protocol: PROTOCOL, steps: [[initFrame(null)], listen()] })
  const crowd = opened.use(await openCrowd({ count, greeting }))
  const sender = opened.use(await openAsker(url, null))
  return {
    pids,
    crowd,
    burst: (events) =>
      sender.ask(
        USUAL_SEND,
        Array.from({ length: events }, () => ({ topic: TOPIC, body: BODY })),
      ),
  }
}

/** `frameBytes`: of one event. */
export async function floorContender(
  { count, frameBytes }: { count: number; frameBytes: number },
  opened: AsyncDisposableStack,
): Promise<Contender> {
  const { url, pids } = await startFloor('bench/fanout/floor-server.ts', [String(frameBytes)], opened)
  const crowd = opened.use(await openCrowd({ count, greeting: () => ({ url, steps: [['0']] }) }))
  const sender = await openLightSocket({ url, steps: [] })
  opened.defer(() => sender.destroy())
  return { pids, crowd, burst: (events) => sender.send([String(events)]) }
}
