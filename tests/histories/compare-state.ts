/** (1) What a client has rebuilt from the events of its feed alone equals what the API shows him now. */
import type { Client } from './client.ts'
import { type ClientState, type KnownConversation, type KnownMessage, ofConversation } from './client-state.ts'
import type { MessageFields } from './documents.ts'
import {
  type FreshConversation,
  type Lists,
  readConversation,
  readLists,
  readMessages,
  readReplies,
} from './fresh-read.ts'

/** `member`: of which conversations he is a member. */
export async function compareState(client: Client, member: ReadonlySet<string>): Promise<string[]> {
  const state = client.state()
  const { connection, n } = client.person
  const faults: string[] = [...compareMembership(state, member)]
  const lists = await readLists(connection)
  for (const id of member) {
    const known = state.conversations.get(id)
    if (!known) continue
    const fresh = await readConversation(connection, id)
    const messages = new Map(fresh.messages.map((message) => [message.id, message]))
    for (const { id: root } of fresh.messages.filter(({ thread }) => thread))
      for (const reply of await readReplies(connection, root)) messages.set(reply.id, reply)
    const heard = ofConversation(state, id)
    const others = heard.map((message) => message.id).filter((each) => !messages.has(each))
    for (const message of await readMessages(connection, others)) if (message) messages.set(message.id, message)
    faults.push(...compareConversation(state, known, fresh, client.isClose))
    faults.push(...compareLists(fresh, lists))
    faults.push(...compareMessages(state, known, fresh, messages))
  }
  return faults.map((fault) => `user ${n}: ${fault}`)
}

function compareMembership(state: ClientState, member: ReadonlySet<string>): string[] {
  const ids = [...state.conversations.keys()]
  return [
    ...ids.filter((id) => !member.has(id)).map((id) => `heard of ${id}, of which he is no member`),
    ...[...member].filter((id) => !state.conversations.has(id)).map((id) => `has not heard that he is in ${id}`),
    ...[...state.ownLog]
      .filter(([id, isMember]) => isMember !== member.has(id))
      .map(([id, isMember]) => `his own log says of ${id} that he is ${isMember ? 'a' : 'no'} member`),
  ]
}

/** What he has hidden is in no list, until something happens in it; nor is what waits for his answer. */
function compareLists(fresh: FreshConversation, { lively, archived }: Lists): string[] {
  const { id, archivedAt, viewerMembership, contact, capabilities } = fresh
  const isRequest = contact !== null && contact.state !== 'ACCEPTED' && capabilities.includes('ANSWER_CONTACT')
  const isHidden = viewerMembership?.own.hidden === true || isRequest
  return [
    ...(lively.includes(id) === (!isHidden && archivedAt === null)
      ? []
      : [`${id} is listed, or not, against what it says`]),
    ...(archived.includes(id) === (!isHidden && archivedAt !== null)
      ? []
      : [`${id} is listed as archived, or not, against what it says`]),
  ]
}

function compareConversation(
  state: ClientState,
  { fields, roles, from, heard }: KnownConversation,
  fresh: FreshConversation,
  isClose: boolean,
): string[] {
  const { id, pinnedMessages, viewerMembership, viewerUnread } = fresh
  const pinned = ofConversation(state, id).filter((each) => each.pinnedAt && !state.hidden.has(each.id))
  const own = state.own.get(id)
  const shown = pinnedMessages.map((each) => each.id)
  return [
    ...differences(`${id}`, fields ?? {}, fresh),
    ...[...roles]
      .filter(([user, role]) => role !== (fresh.roles.get(user) ?? null))
      .map(([user, role]) => `${id} heard that ${user} is ${role}, and he is ${fresh.roles.get(user)}`),
    ...(isClose && own ? differences(`in ${id}, his own`, own.viewerMembership ?? {}, viewerMembership ?? {}) : []),
    ...pinned
      .filter((each) => !shown.includes(each.id))
      .map((each) => `${each.id} is pinned, and not shown so in ${id}`),
    ...fresh.timeline
      .filter(({ seq }) => seq >= from)
      .filter(({ seq, __typename }) => heard.get(seq) !== (__typename === 'Message' ? 'MessageSent' : __typename))
      .map(({ seq, __typename }) => `the timeline of ${id} has ${__typename} at ${seq}; heard was ${heard.get(seq)}`),
    ...fresh.timeline
      .filter(({ message }) => message && state.hidden.has(message.id))
      .map(
        ({ seq, message }) => `the timeline of ${id} names ${message?.id} at ${seq}, which he has deleted for himself`,
      ),
    ...(viewerUnread === null ? [`he is in ${id}, and nothing counts there`] : []),
  ]
}

function compareMessages(
  state: ClientState,
  { joinedSeq, from }: KnownConversation,
  { id, history, messages: pages }: FreshConversation,
  fresh: ReadonlyMap<string, MessageFields>,
): string[] {
  const begin = history === 'FROM_JOIN' ? (joinedSeq ?? 0) : 0
  const heard = ofConversation(state, id)
  return [
    ...pages.filter(({ seq }) => seq < begin).map((each) => `${each.id} is shown from before he joined ${id}`),
    ...[...fresh.values()]
      .filter((each) => each.seq >= from && !state.messages.has(each.id))
      .map((each) => `${each.id} (${each.seq} of ${id}) is shown, and was not heard`),
    ...heard.flatMap((message) => compareMessage(state, message, fresh.get(message.id))),
  ]
}

function compareMessage(state: ClientState, known: KnownMessage, fresh: MessageFields | undefined): string[] {
  const { conversationId, replyTo, threadRoot, ...fields } = known
  const name = `${known.id} (${known.seq} of ${conversationId})`
  if (!fresh) return state.hidden.has(known.id) || known.text === '' ? [] : [`${name} was heard, and is not shown`]
  if (state.hidden.has(known.id)) return [`${name} is shown, and he has deleted it for himself`]
  const visible = (other: { id: string } | null) => (other && !state.hidden.has(other.id) ? other : null)
  const thread = state.threads.get(known.id) ?? null
  return differences(
    name,
    {
      ...fields,
      ...(replyTo !== undefined && { replyTo: visible(replyTo) }),
      ...(threadRoot !== undefined && { threadRoot: visible(threadRoot) }),
      thread: thread && { ...thread, lastReply: visible(thread.lastReply) },
    },
    { ...fresh, threadRoot: fresh.threadRoot && { id: fresh.threadRoot.id, seq: fresh.threadRoot.seq } },
  )
}

/** Of the fields that were heard of. */
function differences(name: string, known: object, fresh: object): string[] {
  const shown = fresh as Record<string, unknown>
  return Object.entries(known)
    .map(([field, value]) => [field, JSON.stringify(value), JSON.stringify(shown[field])] as const)
    .filter(([, heard, now]) => heard !== now)
    .map(([field, heard, now]) => `${name}: ${field} was heard as ${heard}, and is ${now}`)
}
