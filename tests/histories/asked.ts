/** What an operation asks of the API. */
import type { Operation } from './operation.ts'
import type { Chosen, Person, World } from './world.ts'

export interface Asked {
  by: Person | 'back end'
  mutation: string
  input: Record<string, unknown>
  /** Of the payload. */
  fields?: string
  /** What came to be. */
  note?: (payload: Payload) => void
}

export interface Payload {
  message?: { id: string }
  conversation?: { id: string }
  inviteCode?: string
  invite?: { id: string }
}

export interface Choice extends Chosen, Pick<Operation, 'choice'> {
  world: World
}
