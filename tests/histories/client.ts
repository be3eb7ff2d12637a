/** A client with one subscription to `feed`: it is cut and resumes by its newest cursor, takes each event once, and notes what may not be. */
import { type Breakage, spoiled } from './breakage.ts'
import { apply, type ClientState, isOfOwnLog, newConversation, newState } from './client-state.ts'
import { type Answer, type Connection, connect } from './connection.ts'
import { feedText, type Heard } from './documents.ts'
import type { Person } from './world.ts'

/** How far one of his streams has come: what he can hear of it. */
export interface Place {
  /** null: his own log. */
  conversationId: string | null
  /** null where he is no longer a member. */
  joinedSeq: number | null
  seq: number
}

interface Options {
  url: string
  /** Whether it asks for what only he himself sees, too. */
  isClose: boolean
  breakage: Breakage | null
  /** What a client reads first once it is subscribed: in which conversations he is. */
  places: () => Promise<Place[]>
}

const OWN = 'his own log'

export type Client = ReturnType<typeof createClient>

export function createClient(person: Person, { url, isClose, breakage, places }: Options) {
  let connection: Connection | null = null
  /** Lets go who waits for the connection's first answer: once it came, or once it cannot come any more. */
  let answered = () => {}
  let cursor: string | undefined
  let state: ClientState = newState()
  /** By stream: the newest seq, and the id of each event. */
  let at = new Map<string, number>()
  let ids = new Map<string, string>()
  let over = new Set<string>()
  /** How far each stream had come at the latest when this client began. */
  let began: Map<string, number> | null = null
  let heard = 0
  let wake = () => {}
  const faults: string[] = []
  const fault = (what: string) => void faults.push(`the feed of user ${person.n} ${what}`)

  function hear({ data, errors }: Answer<{ feed: Heard }>): void {
    const event = data?.feed
    if (errors || !event) fault(`brought ${JSON.stringify(errors)}`)
    else receive(event)
    answered()
    wake()
  }

  function receive(event: Heard): void {
    cursor = event.cursor
    if (event.__typename === 'ResyncRequired') fault('asked for a resync')
    if (event.__typename === 'AccessRevoked' && state.conversations.has(event.conversationId ?? ''))
      fault(`lost ${event.conversationId} before it told that he left`)
    if (event.__typename === 'MessageSent' && !event.message) fault(`brought a MessageSent without its message`)
    if (event.seq !== undefined && isNext(event, event.seq)) apply(state, person.id, event)
    else if (event.seq === undefined && event.viewerUnread) state.totals = event.viewerUnread
  }

  /** Of each stream one after the other, from wherever it begins. The last moments before a cut may come again. */
  function isNext(event: Heard, seq: number): boolean {
    const stream = isOfOwnLog(event) ? OWN : (event.conversation?.id ?? '')
    const name = `${stream} ${seq}`
    const last = at.get(stream)
    const isOwnJoining = event.__typename === 'MemberJoined' && event.user?.id === person.id
    if (last !== undefined && seq <= last) {
      if (ids.has(name) && ids.get(name) !== event.id) fault(`brought another event again as ${name}`)
      return false
    }
    if (spoiled(breakage, 'drop-event', ++heard)) return false
    if (over.has(stream) && !isOwnJoining) fault(`brought ${event.__typename} ${name} after he had left`)
    if (last !== undefined && seq !== last + 1 && !isOwnJoining) fault(`brought ${name} after ${last}`)
    at.set(stream, seq)
    ids.set(name, event.id ?? '')
    over.delete(stream)
    if (event.__typename === 'MemberLeft' && event.user?.id === person.id) over.add(stream)
    return !spoiled(breakage, 'ignore-event', heard)
  }

  /** What else is done with this client may come between any two of these steps. */
  async function listen(): Promise<void> {
    const opened = await connect(url, person.token)
    cut() // of two that connect at once the last one stays
    connection = opened
    const { promise: subscribed, resolve } = Promise.withResolvers<void>()
    answered = resolve
    opened.listen<{ feed: Heard }>(feedText(isClose), { after: cursor }, (answer) => {
      if (connection === opened) hear(answer)
    })
    await subscribed
    if (began) return
    const read = await places()
    if (connection === opened) beginAt(read)
  }

  function beginAt(read: Place[]): void {
    began = new Map(read.map(({ conversationId, seq }) => [conversationId ?? OWN, seq]))
    for (const { conversationId, joinedSeq, seq } of read) {
      if (conversationId === null || joinedSeq === null) continue
      const known = state.conversations.get(conversationId)
      if (known) known.joinedSeq ??= joinedSeq
      else if (!over.has(conversationId)) state.conversations.set(conversationId, newConversation(joinedSeq, seq + 1))
    }
  }

  function cut(): void {
    connection?.cut()
    connection = null
    answered()
  }

  return {
    person,
    isClose,
    faults,
    state: () => state,
    isListening: () => connection !== null,
    hasBegun: () => cursor !== undefined,
    listen,
    cut,
    /** Knows nothing any more. */
    forget(): void {
      cut()
      cursor = undefined
      state = newState()
      at = new Map()
      ids = new Map()
      over = new Set()
      began = null
    },
    /** Whether it has all up to there; what it began after is not waited for. */
    hasHeard: ({ conversationId, seq }: Place): boolean => {
      const stream = conversationId ?? OWN
      return (at.get(stream) ?? began?.get(stream) ?? 0) >= seq
    },
    /** Resolves by the next event. */
    changed: (): Promise<void> => new Promise((resolve) => (wake = resolve)),
  }
}
