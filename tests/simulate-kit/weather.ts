/** What happens around the tabs: others talk, networks break, the server goes and comes back as another. */
import type { Random } from '../support/adversary.ts'
import type { Happening, Step } from './schedule.ts'
import type { Server } from './server.ts'
import type { Tab } from './tab.ts'
import { USERS } from './tables.ts'

/** All that a server, a proxy or the library may close with. */
const GOODBYES: readonly (readonly [code: number, reason: string])[] = [
  ...[1000, 1001, 1005, 1006, 1008, 1009, 1011, 1012, 1014].map((code) => [code, ''] as const),
  [1013, '{"code":"SERVICE_UNAVAILABLE","retryAfterMs":2000}'],
  ...[4400, 4401, 4403, 4408, 4409, 4429, 4499, 4500, 4510, 4511].map((code) => [code, ''] as const),
  [4512, '{"code":"LIMIT_EXCEEDED","retryAfterMs":1500}'],
  [4513, 'no JSON {'],
]

interface World {
  dice: Random
  clock: { after(ms: number, work: () => void): unknown }
  server: Server
  tabs: readonly Tab[]
  conversations: readonly string[]
  /** Whether connections are taken. */
  setDown(isDown: boolean): void
  isDown(): boolean
}

export function createWeather({ dice, clock, server, tabs, conversations, setDown, isDown }: World) {
  const { truth } = server
  let said = 0

  return function happen(what: Happening, { who, which, how }: Step): void {
    const pick = <T>(list: readonly T[], by = which): T => list[Math.floor(by * list.length)] as T
    const lines = server.lines()
    const line = lines.length ? pick(lines, who) : undefined
    const user = pick(USERS, who)
    const clientId = `other ${++said}`
    const conversation = pick(conversations)
    const other = <T>(work: () => T): void => {
      try {
        if (!isDown()) work()
      } catch (error) {
        if ((error as { code?: string }).code === undefined) throw error // refused, as it may be
      }
    }

    const events: Record<Happening, () => unknown> = {
      say: () => {
        const times = how < 0.15 ? 6 : 1
        for (let n = 0; n < times; n++)
          other(() =>
            truth.send(user, conversation, { clientId: `${clientId} ${n}`, text: `${user} says ${said} ${n}` }),
          )
      },
      change: () => {
        const messages = truth.tables().talks[conversation]?.messages ?? []
        if (!messages.length) return
        const { id, authorId } = pick(messages, who)
        if (how < 0.4) other(() => truth.react(user, id, { clientId, emoji: 'tea', isOn: how < 0.25 }))
        else if (how < 0.7) other(() => truth.edit(authorId, id, { clientId, text: `changed ${said}` }))
        else if (how < 0.85) other(() => truth.remove(authorId, id, { clientId, isForAll: true }))
        else other(() => truth.read(user, id, clientId))
      },
      join: () => other(() => truth.join(conversations.at(-1) ?? '', user)),
      leave: () => other(() => truth.leave(conversations.at(-1) ?? '', user)),
      cut: () => line?.end(1006),
      stall: () => {
        const sockets = tabs.flatMap((tab) => tab.network().sockets())
        if (sockets.length) pick(sockets).isDead = true
      },
      goodbye: () => line?.end(...pick(GOODBYES, how)),
      drain: () => {
        for (const each of lines) {
          each.send({ type: 'ping', payload: { type: 'drain', reconnectAfterMs: dice.below(3_000) } })
          clock.after(3_000 + dice.below(3_000), () => each.end(1012))
        }
      },
      down: () => {
        setDown(true)
        for (const each of lines) each.end(1006)
      },
      up: () => setDown(false),
      degrade: server.degrade,
      recover: server.recover,
      refuseTokens: () => {
        pick(tabs, who).tokens.refused = 1 + Math.floor(how * 3)
      },
      expiring: () => line?.send({ type: 'ping', payload: { type: 'expiring', expiresInMs: 60_000 } }),
      expire: () => line && server.expire(line),
      backUp: truth.backUp,
      restore: () => {
        // NOTE: what is answered before the first feed has begun is vouched for by nothing that could be asked.
        if (tabs.some((tab) => tab.chat().conversations.get().isLoading)) return
        server.restore()
        // NOTE: what comes late over a socket that is being left cannot be told from what is of this life.
        const isMoving = tabs.some((tab) => tab.network().sockets().length > 1)
        if (isMoving || how < 0.5) for (const each of lines) each.end(isMoving ? 1006 : 1012)
      },
      fullStorage: () => pick(tabs, who).device.fill(how < 0.5),
    }
    events[what]()
  }
}
