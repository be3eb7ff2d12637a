/** Who there is and what has come to be, as far as operations name it. Filled by answers, and by nothing that is judged. */
import type { Connection } from './connection.ts'
import type { Operation } from './operation.ts'

export interface Person {
  /** Its place among the users. */
  n: number
  id: string
  token: string
  connection: Connection
}

export interface Said {
  id: string
  conversationId: string
  /** null: the system. */
  author: Person | null
  threadId: string | null
}

export interface World {
  users: Person[]
  /** With the tenant's server key. */
  backEnd: Connection
  conversations: string[]
  messages: Said[]
  invites: { code: string; id: string }[]
}

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length]

/** The things that an operation is about. */
export interface Chosen {
  user: Person
  other: Person
  conversationId: string
  /** The nth newest of that conversation. */
  message: Said | undefined
  /** The nth newest on which a thread can hang. */
  root: Said | undefined
}

export function choose({ users, conversations, messages }: World, operation: Operation): Chosen {
  const conversationId = at(conversations, operation.conversation) ?? ''
  const said = messages.filter((each) => each.conversationId === conversationId).reverse()
  const roots = said.filter(({ threadId }) => threadId === null)
  return {
    user: at(users, operation.user) as Person,
    other: at(users, operation.other) as Person,
    conversationId,
    message: at(said, operation.message),
    root: at(roots, operation.message),
  }
}
