/** Subscriptions as the leak test opens them: many on one socket, all that each brought kept. */
import { isObjectType } from 'graphql'
import { schema } from '../../../src/schema/index.ts'
import type { Actor } from '../actor.ts'
import type { Frame, TransportSocket } from '../transport-socket.ts'
import { type Asked, deepest } from './ask.ts'
import type { Operation } from './operation.ts'
import type { Fill } from './slots.ts'
import { inTurn } from './stage.ts'

export interface Listening {
  operation: Operation
  variables: Record<string, unknown>
  /** All frames so far. The first one has come. */
  frames(): Frame[]
  /** Resolves when what has come fits; rejects when it does not come. */
  comes(fits: (frames: readonly Frame[]) => boolean): Promise<void>
}

export interface Wish {
  operation: Operation
  fill: Fill
}

/** Fields that a selection must be without for its execution to be shared by all readers of an event (schema/builder.ts). */
export function dependsOnViewer(coordinate: string): boolean {
  const [typeName = '', fieldName = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  return isObjectType(type) && Boolean(type.getFields()[fieldName]?.extensions.viewer)
}

/** From the event to its message, with its quote's quote, and to the conversation. */
const HOPS = 1

let ears = 0

export type Ear = (
  actor: Actor,
  wishes: readonly Wish[],
  without: (coordinate: string) => boolean,
) => Promise<Listening[]>

export function createEar(asked: Asked): Ear {
  async function open(socket: TransportSocket, { operation, fill }: Wish, document: string): Promise<Listening> {
    const variables = operation.variables(fill)
    asked.note(document, operation, variables)
    const queue = socket.subscribe(`ear ${++ears}`, document, variables)
    const heard = [await queue.next()]
    return {
      operation,
      variables,
      frames() {
        heard.push(...queue.rest())
        return heard
      },
      async comes(fits) {
        while (!fits(heard)) heard.push(await queue.next())
      },
    }
  }

  return async (actor, wishes, without) => {
    const socket = await actor.socket()
    const operations = new Set(wishes.map(({ operation }) => operation))
    const documents = new Map([...operations].map((each) => [each, deepest(each, { without, isBrief: true }, HOPS)]))
    const opened: Listening[] = []
    await inTurn([...wishes.entries()], async ([at, wish]) => {
      opened[at] = await open(socket, wish, documents.get(wish.operation) ?? '')
    })
    return opened
  }
}
