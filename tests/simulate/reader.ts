/** A client: drops what it has by seq, resumes anywhere with its newest cursor, reads everything anew when it is told to; and notes whatever is wrong. */
import type { Cursor } from '../../src/delivery/cursor.ts'
import type { Delivered } from '../../src/delivery/delivered.ts'
import type { ChatEvent } from '../../src/events.ts'
import type { Uuid } from '../../src/model.ts'
import type { Random } from '../support/adversary.ts'
import type { Clock } from './clock.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Database } from './database.ts'
import type { Node } from './node.ts'
import { CONVERSATIONS, FROM_JOIN } from './tables.ts'
import type { Trace } from './trace.ts'

export interface Who {
  name: string
  userId: Uuid
  conversationId: Uuid | null
  isPushed: boolean
}

interface World {
  clock: Clock
  dice: Random
  database: Database
  trace: Trace
  /** Ends the run. */
  breach: (why: string) => void
}

export type Reader = ReturnType<typeof createReader>

export function createReader(world: World, who: Who) {
  const { database, trace, breach } = world
  const { tables } = database
  const { userId, conversationId, name } = who
  let connection: Connection | null = null
  let cursor: Cursor | null = null
  /** Of this connection: the newest seq given in each stream, and the cursor with which it began. */
  let given = new Map<Uuid, number>()
  let hasEnded = false
  const state = {
    who,
    /** By stream: the newest that it believes in. */
    at: new Map<Uuid, { seq: number; position: bigint }>(),
    /** Where it began, or began again; null before. */
    start: null as Cursor | null,
    /** What was committed when it began: all that came later it must have. */
    since: 0,
    got: [] as ChatEvent[],
    isRevoked: false,
    cursor: (): Cursor | null => cursor,
    isConnected: (): boolean => connection !== null,
    connection: (): Connection | null => connection,

    connect(node: Node): void {
      state.isRevoked = false
      given = new Map()
      hasEnded = false
      trace(`${name} connects${cursor ? ` after ${shown(cursor)}` : ''}`)
      const after = cursor && node.cursors.encode(cursor)
      const own: Connection = openConnection(world, node, { ...who, after }, { receive, given: judgeGiven, ended })
      connection = own
      own.start().catch((error: Error) => breach(`${name} met an error that nobody may meet: ${error.stack}`))
    },
    cut(): void {
      if (connection) trace(`${name} is cut`)
      connection?.cut()
      connection = null
    },
  }
  return state

  function ended(how: 'DONE' | 'REFUSED'): void {
    connection = null
    if (how === 'DONE') breach(`${name}: its subscription ended without a word`)
  }

  // ---------------------------------------------------------------- at the server's end

  function judgeGiven(delivered: Delivered): void {
    const { kind } = delivered
    if (hasEnded) breach(`${name} was given ${kind} after the end`)
    hasEnded = kind === 'RESYNC_REQUIRED' || (kind === 'ACCESS_REVOKED' && conversationId !== null)
    if (delivered.kind === 'RESYNC_REQUIRED') judgeResync()
    else if (delivered.kind === 'ACCESS_REVOKED') {
      const ended = tables.windows(userId, delivered.conversationId).some(({ to }) => to !== null)
      if (!ended && !database.forgotten.has(delivered.conversationId)) breach(`${name} was revoked, and never left`)
    } else if (delivered.kind === 'EVENT') {
      const { streamId, seq } = delivered.event
      if (seq <= (given.get(streamId) ?? 0)) breach(`${name} was given ${streamId}#${seq} twice by one connection`)
      given.set(streamId, seq)
    }
  }

  /** A conversation's reader: only where something of it was forgotten. A feed: only when the database lives another life. */
  function judgeResync(): void {
    const isDue = conversationId ? database.forgotten.has(conversationId) : database.lives() > 1
    if (!isDue) breach(`${name} was told to resync, and nothing was forgotten`)
  }

  // ---------------------------------------------------------------- at the client's

  function receive(delivered: Delivered): void {
    cursor = delivered.cursor
    if (delivered.kind === 'EVENT') take(delivered.event)
    else if (delivered.kind === 'SUBSCRIBED') {
      if (!state.start) begin(delivered.cursor)
    } else if (delivered.kind === 'RESYNC_REQUIRED') {
      leave()
      begin(delivered.cursor)
      if (!conversationId) readAll()
    } else if (delivered.kind === 'ACCESS_REVOKED' && conversationId) {
      leave()
      state.isRevoked = true
    }
    if (delivered.kind !== 'EVENT' && delivered.kind !== 'EPHEMERAL')
      trace(`${name} has ${delivered.kind} ${shown(delivered.cursor)}`)
  }

  function leave(): void {
    connection?.cut()
    connection = null
  }

  function begin(start: Cursor): void {
    Object.assign(state, { start, since: database.commitCount(), got: [], at: new Map() })
    if (start.kind === 'CONVERSATION') state.at.set(start.conversationId, start)
  }

  /** By queries, of this moment: what comes again of it is known by its seq. */
  function readAll(): void {
    for (const streamId of [userId, ...CONVERSATIONS]) {
      const last = tables.last(streamId)
      if (last && (streamId === userId || tables.isMember(userId, streamId))) state.at.set(streamId, last)
    }
  }

  function take(event: ChatEvent): void {
    const { streamId, seq, position } = event
    const last = state.at.get(streamId)
    trace(`${name} has ${streamId}#${seq}@${position} ${event.kind}`)
    if (!conversationId && last && seq <= last.seq) return // the moments before a cut come again
    const begins = !last || (event.kind === 'MEMBER_JOINED' && event.userId === userId)
    const follows = last && seq === last.seq + 1
    const mayJump = begins && (!conversationId || conversationId === FROM_JOIN)
    if (!follows && !mayJump) breach(`${name} was given ${streamId}#${seq} after #${last?.seq}`)
    state.at.set(streamId, { seq, position })
    state.got.push(event)
  }
}

const shown = (cursor: Cursor): string =>
  cursor.kind === 'FEED' ? `watermark ${cursor.watermark} of ${cursor.epoch}` : `#${cursor.seq}@${cursor.position}`
