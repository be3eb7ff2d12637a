/** What the API shows somebody now, page by page: against this is judged what he has heard. */
import type { Connection } from './connection.ts'
import { CONVERSATION, type ConversationFields, MESSAGE, type MessageFields, OWN, type OwnFields } from './documents.ts'

/** Whether it waits for him. */
interface Requested {
  capabilities: string[]
  contact: { state: string } | null
}

export interface FreshConversation extends ConversationFields, OwnFields, Requested {
  roles: Map<string, string>
  messages: MessageFields[]
  /** Newest first. */
  pinnedMessages: { id: string }[]
  /** The newest ones: messages and notices. */
  timeline: { __typename: string; seq: number; message?: { id: string } | null }[]
}

interface Page<Node> {
  edges: { node: Node }[]
  pageInfo: { hasPreviousPage: boolean; startCursor: string | null }
}

type Shown = ConversationFields &
  OwnFields &
  Requested & {
    pinnedMessages: { id: string }[]
    members: Page<{ role: string; user: { id: string } }>
    timeline: Page<{ __typename: string; seq: number; message?: { id: string } | null }>
    messages: Page<MessageFields>
  }

const PAGE = 'edges { node { ...M } } pageInfo { hasPreviousPage startCursor }'

const FIRST = `query ($id: ID!) { conversation(id: $id) {
  ...C ...Own capabilities contact { state } pinnedMessages { id } members(first: 100) { edges { node { role user { id } } } } messages(last: 100) { ${PAGE} }
  timeline(last: 100) { edges { node { __typename ... on Message { seq } ... on LogEvent { seq } ... on MessagePinned { message { id } } } } }
} } ${MESSAGE} ${CONVERSATION} ${OWN}`
const OLDER = `query ($id: ID!, $before: String) { conversation(id: $id) { messages(last: 100, before: $before) { ${PAGE} } } } ${MESSAGE}`
const REPLIES = `query ($id: ID!, $before: String) { node(id: $id) { ... on Message { thread { messages(last: 100, before: $before) { ${PAGE} } } } } } ${MESSAGE}`
const BY_ID = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Message { ...M } } } ${MESSAGE}`

export interface Lists {
  lively: string[]
  archived: string[]
}

export async function readLists(connection: Connection): Promise<Lists> {
  const list = 'edges { node { id } }'
  const text = `query { lively: conversations(first: 100) { ${list} } archived: conversations(first: 100, archived: true) { ${list} } }`
  const { lively, archived } = await data<Record<'lively' | 'archived', Page<{ id: string }>>>(connection, text, {})
  const ids = ({ edges }: Page<{ id: string }>) => edges.map(({ node }) => node.id)
  return { lively: ids(lively), archived: ids(archived) }
}

/** Of a member. */
export async function readConversation(connection: Connection, id: string): Promise<FreshConversation> {
  const { conversation } = await data<{ conversation: Shown }>(connection, FIRST, { id })
  const { members, messages, timeline, ...shown } = conversation
  const older = await pages(messages, async (before) => {
    const asked = await data<{ conversation: Pick<Shown, 'messages'> }>(connection, OLDER, { id, before })
    return asked.conversation.messages
  })
  return {
    ...shown,
    roles: new Map(members.edges.map(({ node: { user, role } }) => [user.id, role])),
    timeline: timeline.edges.map(({ node }) => node),
    messages: older,
  }
}

export async function readReplies(connection: Connection, rootId: string): Promise<MessageFields[]> {
  type Root = { node: { thread: { messages: Page<MessageFields> } } }
  const ask = async (before: string | null) =>
    (await data<Root>(connection, REPLIES, { id: rootId, before })).node.thread.messages
  return pages(await ask(null), ask)
}

/** null for what he may not see. */
export async function readMessages(connection: Connection, ids: readonly string[]): Promise<(MessageFields | null)[]> {
  const found: (MessageFields | null)[] = []
  for (let from = 0; from < ids.length; from += 100)
    found.push(
      ...(await data<{ nodes: (MessageFields | null)[] }>(connection, BY_ID, { ids: ids.slice(from, from + 100) }))
        .nodes,
    )
  return found
}

export async function data<Data>(connection: Connection, query: string, variables: object): Promise<Data> {
  const { data, errors } = await connection.ask<Data>(query, variables)
  if (errors || !data) throw new Error(`a fresh read was answered ${JSON.stringify(errors)}`)
  return data
}

async function pages<Node>(newest: Page<Node>, older: (before: string) => Promise<Page<Node>>): Promise<Node[]> {
  const all = newest.edges.map(({ node }) => node)
  for (let page = newest; page.pageInfo.hasPreviousPage; ) {
    page = await older(page.pageInfo.startCursor ?? '')
    all.unshift(...page.edges.map(({ node }) => node))
  }
  return all
}
