/** A reader's connection to a node: the server's own subscription, pulled or pushed to, and the wire on which its frames travel until it is cut. */
import { conversationEvents } from '../../src/delivery/conversation-events.ts'
import type { Delivered } from '../../src/delivery/delivered.ts'
import { feed } from '../../src/delivery/feed.ts'
import type { Source } from '../../src/delivery/source.ts'
import { ChatError } from '../../src/errors.ts'
import type { UserCaller, Uuid } from '../../src/model.ts'
import type { Random } from '../support/adversary.ts'
import { broadcast } from '../support/broadcast.ts'
import type { Clock } from './clock.ts'
import type { Node } from './node.ts'
import { TENANT } from './tables.ts'

export interface Asked {
  userId: Uuid
  /** null: a feed. */
  conversationId: Uuid | null
  isPushed: boolean
  /** As text. */
  after: string | null
}

/** What comes out at the client's end. REFUSED: with an error that clients may meet, to come back later. */
export interface Ends {
  receive(delivered: Delivered): void
  /** Just when the server gives it, before it is on the wire. */
  given(delivered: Delivered): void
  ended(how: 'DONE' | 'REFUSED'): void
}

export type Connection = ReturnType<typeof openConnection>

export function openConnection({ clock, dice }: { clock: Clock; dice: Random }, node: Node, asked: Asked, ends: Ends) {
  const { chance, below } = dice
  const viewer = { kind: 'USER', tenantId: TENANT, userId: asked.userId, guestOf: null } as UserCaller
  const wire: (Delivered | 'DONE' | 'REFUSED')[] = []
  let isCut = false
  let isClogged = false
  let isOnItsWay = false
  let source: Source | null = null
  let unclogged: () => void = () => undefined

  async function run(): Promise<void> {
    try {
      source = await subscribe()
      if (isCut) return void source.return?.()
      if (asked.isPushed)
        source.pushTo({
          get isOpen() {
            return !isClogged
          },
          take: give,
          group: node,
          broadcast,
        })
      for await (const delivered of source) {
        if (isCut) return
        if (chance(0.1)) await clock.wait(below(10)) // its selection is executed
        give(delivered)
        if (isClogged) await new Promise<void>((resolve) => (unclogged = resolve))
      }
      send('DONE')
    } catch (error) {
      if (!(error instanceof ChatError)) throw error
      send('REFUSED')
    }
  }

  async function subscribe(): Promise<Source> {
    const { conversationId, after } = asked
    if (!conversationId) return feed(node, { viewer, after: after === null ? null : node.cursors.feed(after, TENANT) })
    const of = { tenantId: TENANT, conversationId }
    const cursor = after === null ? null : node.cursors.conversation(after, of)
    return conversationEvents(node, { viewer, conversationId, after: cursor })
  }

  function give(delivered: Delivered): void {
    if (isCut) return
    ends.given(delivered)
    send(delivered)
  }

  function send(frame: Delivered | 'DONE' | 'REFUSED'): void {
    wire.push(frame)
    carry()
  }

  /** Frames arrive in order, each a while after the other. */
  function carry(): void {
    if (isOnItsWay || isCut || isClogged || !wire.length) return
    isOnItsWay = true
    clock.after(below(4), () => {
      isOnItsWay = false
      if (isCut || isClogged) return
      for (let count = 1 + below(3); count > 0 && !isCut; count--) {
        const frame = wire.shift()
        if (frame === 'DONE' || frame === 'REFUSED') ends.ended(frame)
        else if (frame) ends.receive(frame)
      }
      carry()
    })
  }

  return {
    node,
    start: run,
    get isClogged() {
      return isClogged
    },
    clog(): void {
      isClogged = true
    },
    unclog(): void {
      isClogged = false
      unclogged()
      carry()
    },
    /** What is on the wire is lost. A node that is alive notices. */
    cut(): void {
      isCut = true
      unclogged()
      void source?.return?.()
    },
  }
}
