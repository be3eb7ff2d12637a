/** The last known state, as it is kept for the next start. */
import type { User } from '../types.ts'
import { type ConversationRecord, type Held, newRecord } from './record.ts'
import type { Store } from './store.ts'
import { trim } from './trim.ts'

/** Raised when what is kept has another form: what an older kit has kept is then read from the server again. */
export const SNAPSHOT_VERSION = 4
/** So many conversations are kept, and of each so many messages. */
const CONVERSATIONS = 100
const REQUESTS = 30
const MESSAGES = 30
/** JSON has no Infinity. */
const ENDLESS = -1

export interface Snapshot {
  version: typeof SNAPSHOT_VERSION
  viewer: User
  /** Of the feed, as of which all of it is. */
  cursor: string
  records: KeptRecord[]
  toRead: string[]
  heardBefore: Store['heardBefore']
  requestsCursor: string | null
  hasMoreRequests: boolean
  blocked: string[]
  muted: string[]
}

interface KeptRecord extends Omit<ConversationRecord, 'messages' | 'members' | 'generation' | 'hidden'> {
  messages: Held[]
  hidden: string[]
}

/** null while there is nothing to keep. */
export function takeSnapshot(store: Store): Snapshot | null {
  const { viewer, cursor, records, toRead, heardBefore, requestsCursor, hasMoreRequests, avoided } = store
  if (!viewer || cursor === null) return null
  const newest = [...records.values()]
    .filter(({ shared, membership }) => shared !== null && membership !== null)
    .sort((a, b) => ((a.lastMessage?.createdAt ?? '') < (b.lastMessage?.createdAt ?? '') ? 1 : -1))
  // Strangers are not to push the rest out.
  const isAsked = ({ contact }: ConversationRecord) => contact?.state === 'REQUESTED' && !contact.isOwn
  const kept = [
    ...newest.filter((each) => !isAsked(each)).slice(0, CONVERSATIONS),
    ...newest.filter(isAsked).slice(0, REQUESTS),
  ]
  const due = { toRead: [...toRead], heardBefore }
  return {
    version: SNAPSHOT_VERSION,
    viewer,
    cursor,
    records: kept.map(toKept),
    ...due,
    requestsCursor,
    hasMoreRequests,
    blocked: [...avoided.blocked],
    muted: [...avoided.muted],
  }
}

function toKept(record: ConversationRecord): KeptRecord {
  const copy = { ...record, messages: new Map(record.messages), spans: [...record.spans] }
  trim(copy, MESSAGES)
  const { members: _members, generation: _generation, ...rest } = copy
  return {
    ...rest,
    membersCursor: null,
    hasMoreMembers: true,
    hidden: [...copy.hidden],
    messages: [...copy.messages.values()],
    spans: copy.spans.map((span) => ({ ...span, to: span.to === Number.POSITIVE_INFINITY ? ENDLESS : span.to })),
  }
}

/** Answers whether there was one that this version can take over. */
export function restoreSnapshot(store: Store, kept: unknown): boolean {
  const snapshot = kept as Snapshot | undefined
  if (snapshot?.version !== SNAPSHOT_VERSION || !snapshot.viewer || !Array.isArray(snapshot.records)) return false
  store.viewer = snapshot.viewer
  store.cursor = snapshot.cursor
  store.heardBefore = snapshot.heardBefore
  store.requestsCursor = snapshot.requestsCursor
  store.hasMoreRequests = snapshot.hasMoreRequests
  store.setAvoided({ blocked: new Set(snapshot.blocked), muted: new Set(snapshot.muted) })
  for (const id of snapshot.toRead) store.toRead.add(id)
  for (const { messages, spans, hidden, ...rest } of snapshot.records) {
    store.records.set(rest.id, {
      ...newRecord(rest.id),
      ...rest,
      spans: spans.map((span) => ({ ...span, to: span.to === ENDLESS ? Number.POSITIVE_INFINITY : span.to })),
      hidden: new Set(hidden),
      messages: new Map(messages.map((held) => [held.message.id ?? '', held])),
    })
  }
  return true
}
