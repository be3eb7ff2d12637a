/** He joins in the middle: his feed listens already, his conversationEvents from then on. Around his joining the host pins lines that he may not see, and one that he may. */
import type { Random } from '../lib/random.ts'
import type { Line } from './conversation.ts'
import { cutPlan, FEWEST_LINES_LEFT } from './cut-plan.ts'
import { type Reader, type ReaderOptions, startReader } from './reader.ts'
import type { Stage } from './stage.ts'

interface Options {
  stage: Stage
  lines: readonly Line[]
  random: Random
  url: string
  token: string
  stored: ReaderOptions['stored']
  heard: ReaderOptions['heard']
}

export interface LateReader {
  joinedAfter: number
  /** The lines that get pinned, by index, newest pin first. */
  pins: readonly number[]
  /** One a subscription; the second from his joining on. */
  readers: readonly Reader[]
  /** What is due once so many lines are stored: the next one waits for it. */
  act(count: number, idOf: (index: number) => string): Promise<void>
}

export async function startLateReader({
  stage,
  lines,
  random,
  url,
  token,
  stored,
  heard,
}: Options): Promise<LateReader> {
  const joinedAfter = placeToJoin(lines)
  // Drawn before he joins: a plan hangs on the seed alone.
  const plans = {
    feed: cutPlan(lines.length, random, joinedAfter),
    conversationEvents: cutPlan(lines.length, random, joinedAfter),
  }
  const readers: Reader[] = []
  const listen = async (subscription: 'feed' | 'conversationEvents') => {
    const name = `late reader on ${subscription}`
    const stretches = plans[subscription]
    const { conversationId, lives } = stage
    const reader = startReader({
      name,
      subscription,
      url,
      lives,
      token,
      conversationId,
      stretches,
      stored,
      heard,
      joinedAfter,
    })
    readers.push(reader)
    await reader.ready
  }
  await listen('feed')

  const newestBefore = joinedAfter - 1
  return {
    joinedAfter,
    pins: [joinedAfter, 0, newestBefore],
    readers,
    async act(count, idOf) {
      if (count === joinedAfter) {
        await stage.pin(idOf(newestBefore))
        await stage.addLate()
        await listen('conversationEvents')
        await stage.pin(idOf(0))
      }
      if (count === joinedAfter + 1) await stage.pin(idOf(joinedAfter))
    },
  }
}

/** In the middle, or as soon after it as a reply is parted from what it answers: it shows him nothing of that. */
function placeToJoin(lines: readonly Line[]): number {
  const middle = Math.floor(lines.length / 2)
  const partsReply = (place: number) =>
    lines.some(({ replyTo = lines.length }, index) => replyTo < place && index >= place)
  const last = lines.length - FEWEST_LINES_LEFT
  for (let place = middle; place <= last; place++) if (partsReply(place)) return place
  return middle
}
