/** Who is typing and who is here: never kept, asked for only while somebody looks. */
import type { Connection } from './asking.ts'
import type { Clock } from './environment.ts'
import {
  PresenceDocument,
  type PresenceSubscription,
  SetTypingDocument,
  TypingDocument,
  type TypingSubscription,
} from './generated/graphql.ts'
import { type Readable, writable } from './readable.ts'
import type { ConversationPresence, User, UserPresence } from './types.ts'

/** The server shows it for six, and takes it every three. */
const TYPING_EVERY_MS = 3_000
const NOBODY: ConversationPresence = { online: 0, coverage: 'FULL', users: new Map() }

type Subscribing = Pick<Connection, 'subscribe'>

export function typing(
  { subscribe }: Subscribing,
  conversationId: string,
  viewer: () => User | null,
): Readable<readonly User[]> {
  const users = writable<readonly User[]>([], () => {
    const stop = subscribe<TypingSubscription>(
      { query: String(TypingDocument), variables: { conversationId } },
      {
        next({ data }) {
          const told = data?.typing.__typename === 'TypingMembers' ? data.typing.users : []
          users.set(told.filter(({ id }) => id !== viewer()?.id))
        },
        error: () => users.set([]),
        complete: () => users.set([]),
      },
    )
    return () => {
      stop()
      users.set([])
    }
  })
  return users
}

export function conversationPresence(connection: Subscribing, conversationId: string): Readable<ConversationPresence> {
  return presence(connection, { conversationId })
}

export function userPresence(
  connection: Subscribing,
  userIds: readonly string[],
): Readable<ReadonlyMap<string, UserPresence>> {
  const report = presence(connection, { userIds: [...userIds] })
  return {
    get: () => report.get().users,
    subscribe: (listener) => report.subscribe(({ users }) => listener(users)),
  }
}

function presence({ subscribe }: Subscribing, variables: object): Readable<ConversationPresence> {
  const shown = writable<ConversationPresence>(NOBODY, () =>
    subscribe<PresenceSubscription>(
      { query: String(PresenceDocument), variables: { ...variables } },
      {
        next({ data }) {
          if (data?.presence.__typename !== 'PresenceReport') return
          const { isSnapshot, coverage, online, users } = data.presence
          const told = users.map(({ userId, ...how }) => [userId, how] as const)
          const before = isSnapshot ? [] : [...shown.get().users]
          shown.set({ coverage, online, users: new Map([...before, ...told]) })
        },
        error: () => shown.set(NOBODY),
        complete: () => shown.set(NOBODY),
      },
    ),
  )
  return shown
}

/** Call it at each keystroke. What is lost is lost. */
export function typingTeller(
  { request, state }: Pick<Connection, 'request' | 'state'>,
  clock: Clock,
): (conversationId: string, isTyping: boolean) => void {
  const toldAt = new Map<string, number>()
  return (conversationId, isTyping) => {
    const last = toldAt.get(conversationId)
    const isFresh = last !== undefined && Math.abs(clock.now() - last) < TYPING_EVERY_MS
    if (isTyping ? isFresh : last === undefined) return
    if (isTyping) toldAt.set(conversationId, clock.now())
    else toldAt.delete(conversationId)
    if (state.get().status === 'online')
      request(SetTypingDocument, { input: { conversationId, isTyping } }).catch(() => {})
  }
}
