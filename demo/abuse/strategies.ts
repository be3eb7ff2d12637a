/** What accounts that were made for it do to a tenant: each tries ten things a second, and waits for nobody who says when to come again. */
import { randomUUID } from 'node:crypto'
import type { Connection } from '../lib/connection.ts'
import type { Random } from '../lib/random.ts'
import { JOIN, NEWEST, OPEN_DIRECT, REACT, SEND } from './documents.ts'
import { offer, sentence } from './texts.ts'

export interface Target {
  /** Open to everybody of the tenant. */
  channels: readonly [string, ...string[]]
  /** Who have never heard of them. */
  strangers: readonly [string, ...string[]]
}

interface Attempt {
  document: string
  input: Record<string, unknown>
  /** Of a conversation that was opened or joined. */
  onDone?: (id: string) => void
}

/** The next thing that it tries. */
export type Strategy = () => Attempt

interface Attacker {
  target: Target
  random: Random
}

const send = (conversationId: string, text: string): Attempt => ({
  document: SEND,
  input: { conversationId, text, clientMessageId: randomUUID() },
})
const join = (conversationId: string): Attempt => ({ document: JOIN, input: { conversationId } })

/** Into every public channel first, and then whatever it says in them. */
function inChannels({ target: { channels }, random }: Attacker, say: (n: number) => string): Strategy {
  let n = 0
  return () => (n < channels.length ? join(channels[n++] ?? '') : send(random.pick(channels), say(n++)))
}

function toStrangers({ target: { strangers }, random }: Attacker): Strategy {
  const opened: string[] = []
  let n = 0
  return () => {
    const [first, ...others] = opened
    const isToOpen = first === undefined || n++ % 4 === 0
    if (!isToOpen) return send(random.pick([first, ...others]), sentence(random))
    return {
      document: OPEN_DIRECT,
      input: { userId: random.pick(strangers) },
      onDone: (id) => opened.push(id),
    }
  }
}

const EMOJI = ['👍', '🎉', '🔥', '💯', '🤑', '🚀', '😂', '❤️'] as const

function reacting(attacker: Attacker, messages: () => readonly string[]): Strategy {
  const { random } = attacker
  const joining = inChannels(attacker, () => sentence(random))
  let n = 0
  return () => {
    const [first, ...others] = messages()
    if (n++ < attacker.target.channels.length || first === undefined) return joining()
    return { document: REACT, input: { messageId: random.pick([first, ...others]), emoji: random.pick(EMOJI) } }
  }
}

export const STRATEGIES: Record<string, (attacker: Attacker, connection: Connection) => Strategy> = {
  'one text in many coats': (attacker) => inChannels(attacker, (n) => offer(attacker.random, n)),
  'texts without end': (attacker) => inChannels(attacker, () => sentence(attacker.random)),
  'direct messages to strangers': toStrangers,
  'a raid of short words': (attacker) => inChannels(attacker, (n) => `lol ${n}`),
  reactions(attacker, connection) {
    let known: string[] = []
    const [channel] = attacker.target.channels
    type Found = { conversation: { messages: { edges: { node: { id: string } }[] } } | null }
    const look = () =>
      void connection.execute<Found>(NEWEST, { id: channel }).then(
        ({ conversation }) => (known = conversation?.messages.edges.map(({ node }) => node.id) ?? []),
        () => undefined, // refused, too
      )
    let n = 0
    const next = reacting(attacker, () => known)
    return () => {
      if (n++ % 20 === 5) look()
      return next()
    }
  },
}
