/** All that is held of the server's state, and who is told when it changes. */
import type { OwnConversationFragment, OwnMessageFragment } from '../generated/graphql.ts'
import type { Avoided } from '../safety.ts'
import type { Message, User } from '../types.ts'
import { NOBODY } from './avoided.ts'
import { fromAnswer } from './message.ts'
import { type ConversationRecord, contactOf, forgetHistory, membershipOf, newRecord } from './record.ts'
import { countedByServer } from './unread.ts'

export interface Store {
  readonly records: Map<string, ConversationRecord>
  viewer: User | null
  /** Where the feed goes on; null: from now. */
  cursor: string | null
  /** Of the list of conversations, for the next page. */
  listCursor: string | null
  hasMoreConversations: boolean
  /** The same of the requests. */
  requestsCursor: string | null
  hasMoreRequests: boolean
  /** Conversations that are to be read again. */
  readonly toRead: Set<string>
  readonly avoided: Avoided
  /** What they have said looks otherwise then. */
  setAvoided(avoided: Avoided): void
  onAvoided(listener: () => void): void
  /** How often it was heard that `avoided` has changed: an answer to what was asked before may be older. */
  avoidedHeard: number
  /** What had been heard of each before the feed did not go on where it was, while it is not known whether that is still so; null: it is. */
  heardBefore: { id: string; eventId: string }[] | null
  /** Conversations that are shown somewhere. */
  readonly open: Set<string>
  /** Made if there is none. */
  record(id: string): ConversationRecord
  changed(id: string): void
  /** Listens to what becomes of each conversation. */
  onChange(listener: (id: string) => void): void
}

export function createStore(): Store {
  const records = new Map<string, ConversationRecord>()
  const listeners: ((id: string) => void)[] = []
  const ofAvoided: (() => void)[] = []
  let avoided = NOBODY

  function changed(id: string): void {
    for (const listener of listeners) listener(id)
  }

  return {
    records,
    viewer: null,
    cursor: null,
    listCursor: null,
    hasMoreConversations: true,
    requestsCursor: null,
    hasMoreRequests: false,
    toRead: new Set(),
    get avoided() {
      return avoided
    },
    setAvoided(now) {
      avoided = now
      for (const listener of ofAvoided) listener()
      for (const id of records.keys()) changed(id)
    },
    onAvoided: (listener) => void ofAvoided.push(listener),
    avoidedHeard: 0,
    heardBefore: null,
    open: new Set(),
    record(id) {
      const record = records.get(id) ?? newRecord(id)
      records.set(id, record)
      return record
    },
    changed,
    onChange: (listener) => void listeners.push(listener),
  }
}

/** How far each conversation is heard of now; 0 where nothing was. */
export function heardOf({ records }: Store): (id: string) => number {
  const positions = new Map([...records.values()].map(({ id, position }) => [id, position ?? 0]))
  return (id) => positions.get(id) ?? 0
}

/** An answer to what was asked when this had been heard: what was said since is newer. */
export function putConversation(store: Store, answer: OwnConversationFragment, heardTo: number): void {
  const { capabilities, contact: _contact, viewerUnread, viewerMembership, lastMessage, members, ...shared } = answer
  const record = store.record(answer.id)
  record.shared = shared
  record.capabilities = capabilities
  record.contact = contactOf(answer, store.viewer?.id ?? null)
  record.membership = membershipOf(answer)
  record.peers = members.edges.map(({ node }) => node.user).filter(({ id }) => id !== store.viewer?.id)
  const newest = lastMessage && putMessage(store, record, lastMessage, heardTo)
  if (record.lastSaidAt <= Math.max(heardTo, newest?.seq ?? 0)) record.lastMessage = newest
  countedByServer(record, { unread: viewerUnread, upTo: lastMessage?.seq ?? 0 }, store)
  store.changed(record.id)
}

/** Of an answer: what was heard of a message since it was asked for may be newer, and what is still to be heard tells the rest. It is not held by that alone. */
export function putMessage(
  store: Store,
  record: ConversationRecord,
  own: OwnMessageFragment,
  heardTo: number,
): Message {
  const held = record.messages.get(own.id)
  if (held && held.touchedAt > heardTo) return held.message
  const before = held?.message ?? null
  const message = fromAnswer(own, { conversationId: record.id, viewerId: store.viewer?.id ?? null, before })
  if (held) held.message = message
  if (held && record.isUnsure) record.hasAnswers = true
  return message
}

export function forget(store: Store, record: ConversationRecord): void {
  forgetHistory(record)
  store.changed(record.id)
}

/** What a mutation has answered that was asked when `heardTo` had been heard. One's own message is held from then on. */
export function putAnswer(store: Store, own: OwnMessageFragment, heardTo: number): void {
  const record = store.record(own.conversation.id)
  const message = putMessage(store, record, own, heardTo)
  record.hasAnswers = true
  if (!record.messages.has(own.id)) record.messages.set(own.id, { message, touchedAt: 0 })
  if (record.lastMessage?.id === own.id) record.lastMessage = message
  store.changed(record.id)
}

/** It was all another user's. */
export function forgetAll(store: Store): void {
  const ids = [...store.records.keys()]
  store.records.clear()
  store.toRead.clear()
  Object.assign(store, { viewer: null, cursor: null, heardBefore: null })
  Object.assign(store, { listCursor: null, hasMoreConversations: true, requestsCursor: null, hasMoreRequests: false })
  store.setAvoided(NOBODY)
  for (const id of ids) store.changed(id)
}
