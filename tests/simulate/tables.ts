/** What a database holds, as its commits have made it; forgetting the last of them is making it again from the others. */
import type { ChatEvent } from '../../src/events.ts'
import type { Message, Uuid } from '../../src/model.ts'

export const TENANT: Uuid = 'tenant'
export const USERS: readonly Uuid[] = ['u1', 'u2', 'u3']
/** Who joins the last one sees only what comes from then on. */
export const CONVERSATIONS: readonly Uuid[] = ['c1', 'c2', 'c3']
export const FROM_JOIN: Uuid = 'c3'

/** An event as it is stored. */
export interface Row {
  streamId: Uuid
  seq: number
  position: bigint
  kind: ChatEvent['kind']
  at: Date
  /** Tells it from every other one that ever was, of a forgotten life too. */
  uid: number
  /** Its commit's place in the order of all commits that ever were. */
  nth: number
  /** The name of the life in which it was written. */
  epoch: bigint
  messageId: Uuid | null
  userId: Uuid | null
  more: object
  /** The members of that moment, as the run itself keeps account of them. */
  seenBy: ReadonlySet<Uuid>
}

export interface Epoch {
  n: number
  base: bigint
  system: number
  timeline: number
}

export interface Commit {
  xid: number
  epoch: Epoch | null
  rows: Row[]
  said: Message[]
}

export interface Window {
  from: number
  to: number | null
  leftPosition: bigint | null
  leftAt: Date | null
}

export type Tables = ReturnType<typeof createTables>

export function createTables() {
  const streams = new Map<Uuid, Row[]>()
  const tables = {
    all: [] as Row[],
    epochs: [] as Epoch[],
    messages: new Map<Uuid, Message>(),
    /** Whom a message is hidden from: `user message`. */
    hidden: new Set<string>(),
    newest: null as bigint | null,

    rows: (streamId: Uuid): readonly Row[] => streams.get(streamId) ?? [],
    last: (streamId: Uuid): Row | undefined => streams.get(streamId)?.at(-1),
    isStored: (streamId: Uuid, { seq, position }: { seq: number; position: bigint }): boolean =>
      seq === 0 || streams.get(streamId)?.[seq - 1]?.position === position,

    windows(userId: Uuid, conversationId: Uuid): Window[] {
      const windows: Window[] = []
      for (const { kind, userId: who, seq, position, at } of tables.rows(conversationId)) {
        if (who !== userId) continue
        if (kind === 'MEMBER_JOINED') windows.push({ from: seq, to: null, leftPosition: null, leftAt: null })
        else Object.assign(windows.at(-1) ?? {}, { to: seq, leftPosition: position, leftAt: at })
      }
      return windows
    },
    isMember: (userId: Uuid, conversationId: Uuid): boolean =>
      tables.windows(userId, conversationId).at(-1)?.to === null,

    apply({ epoch, rows, said }: Commit): void {
      if (epoch) tables.epochs.push(epoch)
      for (const message of said) tables.messages.set(message.id, message)
      for (const row of rows) {
        tables.all.push(row)
        streams.set(row.streamId, [...tables.rows(row.streamId), row])
        if (tables.newest === null || row.position > tables.newest) tables.newest = row.position
        change(row)
      }
    },
    clear(): void {
      streams.clear()
      Object.assign(tables, { all: [], epochs: [], messages: new Map(), hidden: new Set(), newest: null })
    },
  }

  function change({ kind, messageId, streamId, at }: Row): void {
    const message = tables.messages.get(messageId ?? '')
    if (!message) return
    if (kind === 'MESSAGE_HIDDEN') {
      tables.hidden.add(`${streamId} ${message.id}`)
      tables.messages.set(message.id, { ...message, hiddenCount: message.hiddenCount + 1 })
    } else if (kind === 'MESSAGE_EDITED')
      tables.messages.set(message.id, { ...message, editedAt: at, revision: message.revision + 1 })
  }
  return tables
}

/** As it travels on the bus or is read from the log; whatever is about a message comes with its row of now. */
export function eventOf(row: Row, { messages }: Tables, epoch: bigint): ChatEvent {
  const { streamId, seq, position, at, uid, kind, messageId, userId, more } = row
  return {
    version: 1,
    tenantId: TENANT,
    streamId,
    seq,
    position,
    epoch,
    at,
    actorId: String(uid),
    kind,
    ...(userId !== null && { userId }),
    ...(messageId !== null && (kind === 'MESSAGE_HIDDEN' ? { messageId } : { message: messages.get(messageId) })),
    ...more,
  } as ChatEvent
}
