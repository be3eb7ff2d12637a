/** A subscription of typing or presence as a journey reads it. */
import type { Actor } from './actor.ts'
import type { Frame, TransportSocket } from './transport-socket.ts'

export interface Report {
  __typename: string
  isSnapshot?: boolean
  coverage?: string
  online?: number
  shown?: boolean
  conversationId?: string
  users?: { userId?: string; externalId?: string; state?: string; lastSeenAt?: string | null }[]
}

export interface Overheard {
  socket: TransportSocket
  next(fits?: (report: Report) => boolean): Promise<Report>
  /** Reads on to the operation's last frame. */
  ended(): Promise<Frame>
  /** Why it was refused. */
  refused(): Promise<{ code?: string; [key: string]: unknown }>
  /** What has come and was not read yet. */
  rest(): Report[]
}

const PRESENCE = `subscription ($userIds: [ID!], $conversationId: ID) { presence(userIds: $userIds, conversationId: $conversationId) {
  __typename ... on PresenceReport { isSnapshot coverage online users { userId state lastSeenAt } } ... on AccessRevoked { conversationId } } }`
const TYPING = `subscription ($conversationId: ID!) { typing(conversationId: $conversationId) {
  __typename ... on TypingMembers { shown users { externalId } } ... on AccessRevoked { conversationId } } }`

export const presenceFor = (actor: Actor, variables: { userIds?: string[]; conversationId?: string }) =>
  overhear(actor, PRESENCE, variables)
export const typingFor = (actor: Actor, conversationId: string) => overhear(actor, TYPING, { conversationId })

let opened = 0

async function overhear(actor: Actor, query: string, variables: object): Promise<Overheard> {
  const socket = await actor.socket()
  const frames = socket.subscribe(`overheard ${++opened}`, query, variables)
  function reportIn({ type, payload }: Frame): Report {
    const { data, errors } = (payload ?? {}) as { data?: Record<string, Report>; errors?: unknown }
    const [report] = Object.values(data ?? {})
    if (type !== 'next' || errors || !report) throw new Error(`got ${JSON.stringify({ type, payload })}`)
    return report
  }
  return {
    socket,
    async next(fits = () => true) {
      for (;;) {
        const report = reportIn(await frames.next())
        if (fits(report)) return report
      }
    },
    ended: () => frames.next(({ type }) => type !== 'next'),
    async refused() {
      const { payload } = await frames.next()
      const [error] = Array.isArray(payload) ? payload : ((payload as { errors?: unknown[] }).errors ?? [])
      return (error as { extensions?: Record<string, unknown> } | undefined)?.extensions ?? {}
    },
    rest: () => frames.rest().map(reportIn),
  }
}
