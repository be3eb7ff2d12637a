/** What somebody does through the public API, in the words of the journeys. */
import { ADD, BEGIN, FEED, HISTORY, LEAVE, LISTEN, OPEN_DIRECT, REMOVE, SEND } from './documents.ts'
import { type NewConversationKind, type SaidFragment, type SendMessageInput, TypedDocumentString } from './generated/graphql.ts'
import { openReader, type Reader } from './reader.ts'
import { openTransportSocket, type TransportSocket } from './transport-socket.ts'

export interface Answer<Data> {
  status: number
  data: Data | null
  errors: Refusal[]
}

/** A GraphQL error. */
export interface Refusal {
  message: string
  path?: (string | number)[]
  extensions?: { code?: string; path?: string; [key: string]: unknown }
}

/** A text for what only one test asks. */
export type Asked<Data, Variables> = TypedDocumentString<Data, Variables> | string

export type Actor = ReturnType<typeof createActor>

interface Who {
  id: string
  externalId: string
  name: string
  token: string
}

interface Place {
  url: string
  /** Closes what was opened when the test is over. */
  opened: (socket: TransportSocket) => void
}

let sent = 0

/** Without a token, nobody. */
export function createActor(who: Who | null, { url, opened }: Place) {
  const authorization = who && { authorization: `Bearer ${who.token}` }

  /** Whatever comes, refusals too. */
  async function answer<Data = unknown, Variables = object>(
    document: Asked<Data, Variables>,
    variables?: NoInfer<Variables>,
  ): Promise<Answer<Data>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...authorization },
      body: JSON.stringify({ query: textOf(document), variables }),
    })
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>
    return { status: response.status, data, errors }
  }

  /** What was asked for; throws when there is any error. */
  async function ask<Data = unknown, Variables = object>(
    document: Asked<Data, Variables>,
    variables?: NoInfer<Variables>,
  ): Promise<Data> {
    const { data, errors } = await answer(document, variables)
    if (errors.length || data === null) throw new Error(`refused: ${JSON.stringify(errors)}`)
    return data
  }

  /** Open and acknowledged. */
  async function socket(): Promise<TransportSocket> {
    const own = await openTransportSocket(`${url.replace('http', 'ws')}/graphql`)
    opened(own)
    await own.init(authorization ? { Authorization: authorization.authorization } : {})
    return own
  }

  return {
    id: who?.id ?? '',
    externalId: who?.externalId ?? '',
    name: who?.name ?? '',
    token: who?.token ?? '',
    answer,
    ask,
    socket,

    /** A new conversation with these in it, in this order. */
    async begin(members: Actor[] = [], { kind = 'GROUP', title }: { kind?: NewConversationKind; title?: string } = {}) {
      const input = { kind, title, memberIds: members.map(({ id }) => id) }
      return payload((await ask(BEGIN, { input })).createConversation, 'CreateConversationPayload').conversation.id
    },

    async openDirect({ id }: Actor): Promise<string> {
      const { openDirectConversation } = await ask(OPEN_DIRECT, { input: { userId: id } })
      return payload(openDirectConversation, 'OpenDirectConversationPayload').conversation.id
    },

    async add(conversationId: string, ...users: Actor[]): Promise<void> {
      payload(
        (await ask(ADD, { input: { conversationId, userIds: users.map(({ id }) => id) } })).addMembers,
        'AddMembersPayload',
      )
    },

    async remove(conversationId: string, { id }: Actor): Promise<void> {
      payload((await ask(REMOVE, { input: { conversationId, userId: id } })).removeMember, 'RemoveMemberPayload')
    },

    async leave(conversationId: string): Promise<void> {
      payload((await ask(LEAVE, { input: { conversationId } })).leaveConversation, 'LeaveConversationPayload')
    },

    async send(conversationId: string, text: string, more: Partial<SendMessageInput> = {}): Promise<SaidFragment> {
      const input = { conversationId, text, clientMessageId: `sent ${++sent}`, ...more }
      return payload((await ask(SEND, { input })).sendMessage, 'SendMessagePayload').message
    },

    /** Sends them one after the other over one socket, without waiting in between. */
    async history(id: string, window: { first?: number; after?: string; last?: number; before?: string; around?: string } = {}) {
      const { conversation } = await ask(HISTORY, { id, ...window })
      if (!conversation) throw new Error('there is no such conversation')
      return conversation.messages
    },

    /** A subscription on a socket of its own unless one is given. */
    async listen(conversationId: string, { after, on }: { after?: string; on?: TransportSocket } = {}): Promise<Reader> {
      return openReader(on ?? (await socket()), textOf(LISTEN), { conversationId, after })
    },

    async feed({ after, on }: { after?: string; on?: TransportSocket } = {}): Promise<Reader> {
      return openReader(on ?? (await socket()), textOf(FEED), { after })
    },
  }
}

export function textOf(document: Asked<never, never> | string): string {
  if (typeof document === 'string' || document instanceof TypedDocumentString) return String(document)
  throw new Error('this document was not generated yet: npm run gen')
}

/** The payload of a mutation; throws for any of its errors. */
export function payload<Result extends { __typename: string }, Name extends Result['__typename']>(
  result: Result,
  name: Name,
): Extract<Result, { __typename: Name }> {
  if (result.__typename !== name) throw new Error(`expected ${name}, got ${JSON.stringify(result)}`)
  return result as Extract<Result, { __typename: Name }>
}
