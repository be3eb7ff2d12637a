/** One tab of a user: the real kit over a network, a storage and a time of the run. It is killed, and begins again from what was kept. */
import type { Chat, OpenConversation } from '../../client/api.ts'
import { createChat } from '../../client/chat.ts'
import type { NetworkSignals } from '../../client/environment.ts'
import type { MessageList } from '../../client/types.ts'
import type { Clock } from '../simulate/clock.ts'
import type { Random } from '../support/adversary.ts'
import type { Desk, Device } from './device.ts'
import { createNetwork } from './network.ts'
import type { Server } from './server.ts'
import { witness } from './witness.ts'

type World = Parameters<typeof createNetwork>[0] & {
  clock: Clock
  dice: Random
  server: Server
  breach(why: string): void
}

/** What was asked to be sent by one life of a tab, in this order. */
export interface Sent {
  user: string
  tab: string
  conversationId: string
  clientId: string
  text: string
  /** It was there when its tab was killed, and nowhere else. */
  isExcused: boolean
}

export type Tab = ReturnType<typeof createTab>

/** `tokens.refused`: so many more are not good. */
export function createTab(
  world: World,
  who: { user: string; name: string; device: Device; tokens: { refused: number } },
) {
  const { clock, dice, breach } = world
  const sent: Sent[] = []
  /** Of the outbox, by clientId. */
  const [discarded, retried] = [new Set<string>(), new Set<string>()]
  const opens = new Map<string, OpenConversation>()
  let lives = 0
  let leaving: Chat | null = null
  let life = begin()

  function begin() {
    const nth = ++lives
    const isGone = () => lives !== nth
    const network = createNetwork(world)
    const desk: Desk = who.device.open()
    let signal: Parameters<NetworkSignals['subscribe']>[0] = () => {}
    const chat: Chat = createChat({
      url: 'http://chat',
      ...{ storage: desk.storage, locks: desk.locks, channel: desk.channel, WebSocket: network.WebSocket },
      ...{ random: dice.next, messagesKept: 6, token: () => token(isGone) },
      clock: {
        now: () => clock.date().getTime(),
        setTimeout: (run, ms) => clock.after(ms, () => isGone() || run()),
        clearTimeout: (timer) => Object.assign(timer ?? {}, { work: null }),
      },
      signals: {
        isOnline: network.isOnline,
        subscribe(listener) {
          signal = listener
          return () => {}
        },
      },
    })
    witness(chat, who.user, (why) => isGone() || breach(why))
    return { chat, network, desk, tell: (what: Parameters<typeof signal>[0]) => signal(what) }
  }

  async function token(isGone: () => boolean): Promise<string> {
    await clock.wait(dice.below(20))
    if (isGone()) return new Promise(() => {}) // nobody waits for it any more
    if (!world.isPeace() && dice.chance(0.03)) throw new Error('the page could not get a token')
    return who.tokens.refused-- > 0 ? `bad ${who.user}` : `good ${who.user}`
  }

  function open(id: string): OpenConversation {
    const known = opens.get(id)
    if (known) return known
    const made = life.chat.open(id)
    made.messages.subscribe((list) => look(id, list))
    opens.set(id, made)
    return made
  }

  /** At each moment: in order, and nothing twice. Until it is known that the database lives another life, both lives are held. */
  function look(id: string, { messages }: MessageList): void {
    if (world.server.truth.life() > 1) return
    const keys = new Set(messages.map(({ key }) => key))
    if (keys.size !== messages.length)
      breach(`${who.name} shows something twice in ${id}: ${messages.map(({ key }) => key)}`)
    const seqs = messages.flatMap(({ seq }) => seq ?? [])
    if (seqs.some((seq, n) => seq <= (seqs[n - 1] ?? 0))) breach(`${who.name} shows ${id} in disorder: ${seqs}`)
  }

  function excuse(excuses: (sent: Sent) => boolean): void {
    for (const each of sent) if (excuses(each)) each.isExcused = true
  }

  function again(): void {
    opens.clear()
    life = begin()
  }

  return {
    ...who,
    sent,
    discarded,
    retried,
    opens,
    open,
    chat: () => life.chat,
    network: () => life.network,
    tell: (what: Parameters<NetworkSignals['subscribe']>[0] extends (signal: infer S) => void ? S : never) =>
      life.tell(what),
    /** Nobody can do anything in it any more. */
    isLeaving: () => leaving === life.chat,
    send(id: string, text: string): void {
      const { clientId } = open(id).send({ text })
      sent.push({ user: who.user, tab: `${who.name} ${lives}`, conversationId: id, clientId, text, isExcused: false })
    },
    /** From one moment to the next. `excuses`: what only this tab knew of. */
    kill(excuses: (sent: Sent) => boolean): void {
      excuse(excuses)
      life.desk.leave()
      life.network.leave()
      again()
    },
    /** As when a page is left in peace. What its storage refuses goes with it. */
    async reload(excuses: (sent: Sent) => boolean): Promise<void> {
      const { chat, desk, network } = life
      leaving = chat
      await chat.close()
      if (life.chat !== chat) return // it was killed meanwhile
      if (!chat.storage.get().isDurable) excuse(excuses)
      desk.leave()
      network.leave()
      again()
    },
  }
}
