/** How the model answers queries and mutations: by the names of the kit's documents. */
import type * as api from '../../client/generated/graphql.ts'
import { Refusal } from './refusal.ts'
import { ownConversation, ownMessage, userOf } from './shapes.ts'
import { isMember, membersOf, type Said, seenBy, type Talk } from './tables.ts'
import type { Truth } from './truth.ts'

/** By name; each with the variables of its document. */
export type Answers = Record<string, (user: string, variables: never) => object>

export function queries(truth: Truth, isDegraded: () => boolean): Answers {
  const visible = (id: string, user: string): Talk | null => {
    const talk = truth.tables().talks[id]
    return talk && isMember(talk, user) ? talk : null
  }
  const own = (talk: Talk, user: string) => ownConversation(truth.tables(), talk, user)

  return {
    Viewer: (user): api.ViewerQuery => ({ viewer: { user: userOf(user) } }),
    Conversations(user, { first, after }: api.ConversationsQueryVariables): api.ConversationsQuery {
      const all = Object.values(truth.tables().talks).filter((talk) => isMember(talk, user))
      const nodes = all.map((talk) => own(talk, user)).sort((a, b) => (activity(a) < activity(b) ? 1 : -1))
      const rest = after ? nodes.filter((node) => activity(node) < after) : nodes
      const page = rest.slice(0, first)
      const last = page.at(-1)
      const pageInfo = { hasNextPage: rest.length > page.length, endCursor: last ? activity(last) : null }
      return { conversations: { edges: page.map((node) => ({ node })), pageInfo } }
    },
    Safety: (): api.SafetyQuery => {
      const none = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } }
      return { contactRequests: none, viewer: { blockedUsers: none, mutedUsers: none } }
    },
    ConversationsById(user, { ids }: { ids: string[] }): api.ConversationsByIdQuery {
      const talks = ids.map((id) => visible(id, user))
      return { nodes: talks.map((talk) => talk && { __typename: 'Conversation', ...own(talk, user) }) }
    },
    Messages(user, { id, ...window }: api.MessagesQueryVariables): api.MessagesQuery {
      const talk = visible(id, user)
      return { conversation: talk && { messages: pageOf(seenBy(truth.tables(), talk, user), user, window) } }
    },
    Members(user, { id, first, after }: api.MembersQueryVariables): api.MembersQuery {
      const talk = visible(id, user)
      if (!talk) return { conversation: null }
      const rest = membersOf(talk).filter((member) => !after || member > after)
      const page = rest.sort().slice(0, first)
      const edges = page.map((member) => ({
        node: { role: 'MEMBER' as const, readSeq: null, deliveredSeq: null, user: userOf(member) },
      }))
      const pageInfo = { hasNextPage: rest.length > page.length, endCursor: page.at(-1) ?? null }
      return { conversation: { members: { edges, pageInfo } } }
    },
    KnownEvents: (_user, { ids }: { ids: string[] }): api.KnownEventsQuery => ({
      knownEvents: ids.map(truth.isStored),
    }),
    limits: () => ({ limits: { degraded: isDegraded() } }),
    Renew: () => ({ renewSession: { __typename: 'RenewSessionPayload' } }),
    SetTyping: () => ({ setTyping: { __typename: 'SetTypingPayload' } }),
  }
}

const activity = ({ lastMessage, createdAt }: api.OwnConversationFragment) => lastMessage?.createdAt ?? createdAt

type Window = Omit<api.MessagesQueryVariables, 'id'>

/** From either end, after or before a cursor, or around one. */
function pageOf(all: Said[], user: string, { first, last, after, before, around }: Window) {
  if (around && !all.some(({ id }) => id === around)) throw new Refusal('NOT_FOUND')
  const limit = first ?? last ?? 0
  const middle = all.findIndex(({ id }) => id === around)
  const from = after ? Number(after) : 0
  const to = before ? Number(before) : Number.POSITIVE_INFINITY
  const inside = all.filter(({ seq }) => from < seq && seq < to)
  const begin = around ? Math.max(0, middle - Math.floor(limit / 2)) : first ? 0 : Math.max(0, inside.length - limit)
  const page = inside.slice(begin, begin + limit)
  const hasPreviousPage = around || !first ? begin > 0 : Boolean(after)
  const hasNextPage = around || first ? begin + limit < inside.length : Boolean(before)
  const edges = page.map((said) => ({ cursor: String(said.seq), node: ownMessage(said, user) }))
  const [startCursor = null, endCursor = null] = [edges[0]?.cursor, edges.at(-1)?.cursor]
  return { edges, pageInfo: { hasPreviousPage, hasNextPage, startCursor, endCursor } }
}

type Input<T> = { input: T & { clientMutationId?: string | null } }

export function mutations(truth: Truth): Answers {
  const answer = (user: string, id: string | null) => {
    const said = Object.values(truth.tables().talks)
      .flatMap(({ messages }) => messages)
      .find((message) => message.id === id)
    return { message: said ? ownMessage(said, user) : null }
  }
  const of = <T>({ input }: Input<T>) => ({ clientId: input.clientMutationId ?? '' })
  return {
    Send(user, { input }: api.SendMutationVariables) {
      const { clientMessageId: clientId, text, conversationId } = input
      const id = truth.send(user, conversationId, { clientId, text })
      return { sendMessage: { __typename: 'SendMessagePayload', deduplicated: false, ...answer(user, id) } }
    },
    Edit(user, variables: api.EditMutationVariables) {
      const { messageId, text } = variables.input
      const id = truth.edit(user, messageId, { ...of(variables), text })
      return { editMessage: { __typename: 'EditMessagePayload', ...answer(user, id) } }
    },
    Delete(user, variables: api.DeleteMutationVariables) {
      const { messageId, for: scope } = variables.input
      const id = truth.remove(user, messageId, { ...of(variables), isForAll: scope === 'EVERYBODY' })
      return { deleteMessage: { __typename: 'DeleteMessagePayload', messageId, ...answer(user, id) } }
    },
    React(user, variables: api.ReactMutationVariables) {
      const { messageId, emoji } = variables.input
      const id = truth.react(user, messageId, { ...of(variables), emoji, isOn: true })
      return { addReaction: { __typename: 'AddReactionPayload', ...answer(user, id) } }
    },
    Unreact(user, variables: api.UnreactMutationVariables) {
      const { messageId, emoji } = variables.input
      const id = truth.react(user, messageId, { ...of(variables), emoji, isOn: false })
      return { removeReaction: { __typename: 'RemoveReactionPayload', ...answer(user, id) } }
    },
    MarkRead(user, variables: api.MarkReadMutationVariables) {
      truth.read(user, variables.input.upTo, of(variables).clientId)
      return { markRead: { __typename: 'MarkReadPayload', conversation: { id: '' } } }
    },
  }
}

/** The field under which each is answered. */
export const FIELDS: Record<string, string> = {
  ...{ Send: 'sendMessage', Edit: 'editMessage', Delete: 'deleteMessage' },
  ...{ React: 'addReaction', Unreact: 'removeReaction', MarkRead: 'markRead' },
}
