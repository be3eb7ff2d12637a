/** What somebody does through the public API, in the words of the journeys. */
import type { TenantRole } from '../../src/model.ts'
import { ADD, ARRIVE, BEGIN, FEED, HISTORY, LEAVE, LISTEN, OPEN_DIRECT, REMOVE, SEND } from './documents.ts'
import {
  type HistoryQueryVariables,
  type NewConversationKind,
  type SaidFragment,
  type SendMessageInput,
  type SendMutation,
  TypedDocumentString,
} from './generated/graphql.ts'
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
  /** Where in the answer. */
  path?: (string | number)[]
  extensions?: { code?: string; path?: string; [key: string]: unknown }
}

/** A plain text for what only one test asks. */
export type Asked<Data, Variables> = TypedDocumentString<Data, Variables> | string

export type Actor = ReturnType<typeof createActor>

export interface Person {
  id: string
  externalId: string
  /** Empty for nobody. */
  token: string
}

export interface Place {
  url: string
  /** Told of every socket: who made the actor ends them. */
  adopt: (socket: TransportSocket) => void
}

let sent = 0

export function createActor(person: Person, { url, adopt }: Place) {
  const headers: Record<string, string> = person.token ? { Authorization: `Bearer ${person.token}` } : {}

  async function post<Data = unknown>(body: string): Promise<Answer<Data>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body,
    })
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>
    return { status: response.status, data, errors }
  }

  /** Whatever comes, refusals too. */
  function answer<Data = unknown, Variables = object>(
    document: Asked<Data, Variables>,
    variables?: NoInfer<Variables>,
  ): Promise<Answer<Data>> {
    return post(JSON.stringify({ query: textOf(document), variables }))
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
    adopt(own)
    await own.init(headers)
    return own
  }

  const draft = (conversationId: string, text: string) => ({ conversationId, text, clientMessageId: `sent ${++sent}` })

  return {
    ...person,
    /** A body of one's own. */
    post,
    answer,
    ask,
    socket,

    /** A new conversation with these in it. */
    async begin(
      members: Person[] = [],
      { kind = 'GROUP', title }: { kind?: NewConversationKind; title?: string } = {},
    ) {
      const input = { kind, title, memberIds: members.map(({ id }) => id) }
      return payload((await ask(BEGIN, { input })).createConversation, 'CreateConversationPayload').conversation.id
    },

    async openDirect({ id }: Person): Promise<string> {
      const { openDirectConversation } = await ask(OPEN_DIRECT, { input: { userId: id } })
      return payload(openDirectConversation, 'OpenDirectConversationPayload').conversation.id
    },

    async add(conversationId: string, ...users: Person[]): Promise<void> {
      const input = { conversationId, userIds: users.map(({ id }) => id) }
      payload((await ask(ADD, { input })).addMembers, 'AddMembersPayload')
    },

    async remove(conversationId: string, { id }: Person): Promise<void> {
      payload((await ask(REMOVE, { input: { conversationId, userId: id } })).removeMember, 'RemoveMemberPayload')
    },

    async leave(conversationId: string): Promise<void> {
      payload((await ask(LEAVE, { input: { conversationId } })).leaveConversation, 'LeaveConversationPayload')
    },

    async send(conversationId: string, text: string, more: Partial<SendMessageInput> = {}): Promise<SaidFragment> {
      const input = { ...draft(conversationId, text), ...more }
      return payload((await ask(SEND, { input })).sendMessage, 'SendMessagePayload').message
    },

    /** A few at once over one socket. Answers them by seq. */
    async sendMany(conversationId: string, count: number, textOfNth = (n: number) => `message ${n}`) {
      const over = await socket()
      const operations = Array.from({ length: count }, (_, n) =>
        over.subscribe(`send ${n}`, textOf(SEND), { input: draft(conversationId, textOfNth(n)) }),
      )
      const said: SaidFragment[] = []
      for (const frames of operations) {
        const { data } = (await frames.next()).payload as { data: SendMutation }
        said.push(payload(data.sendMessage, 'SendMessagePayload').message)
      }
      over.close()
      return said.sort((one, other) => one.seq - other.seq)
    },

    /** A page of messages. */
    async history(id: string, window: Omit<HistoryQueryVariables, 'id'> = {}) {
      const { conversation } = await ask(HISTORY, { id, ...window })
      if (!conversation) throw new Error('there is no such conversation')
      return conversation.messages
    },

    /** Subscribed, on a socket of its own unless one is given. */
    async listen(
      conversationId: string,
      { after, on }: { after?: string; on?: TransportSocket } = {},
    ): Promise<Reader> {
      return openReader(on ?? (await socket()), textOf(LISTEN), { conversationId, after })
    },

    async feed({ after, on }: { after?: string; on?: TransportSocket } = {}): Promise<Reader> {
      return openReader(on ?? (await socket()), textOf(FEED), { after })
    },
  }
}

export type BackEnd = ReturnType<typeof createBackEnd>

/** A customer's back end with its server key, and the users that it brings. */
export function createBackEnd(serverKey: string, place: Place) {
  const backEnd = createActor({ id: '', externalId: '', token: serverKey }, place)
  return {
    ...backEnd,
    async user(externalId: string, role?: TenantRole): Promise<Actor> {
      const name = externalId.charAt(0).toUpperCase() + externalId.slice(1)
      const { upsertUsers, createToken } = await backEnd.ask(ARRIVE, {
        users: { users: [{ externalId, name, role }] },
        token: { externalId, role, ttlSeconds: 3_600 },
      })
      const [user] = payload(upsertUsers, 'UpsertUsersPayload').users
      const { token } = payload(createToken, 'CreateTokenPayload')
      return createActor({ id: user?.id ?? '', externalId, token }, place)
    },
  }
}

export function textOf<Data, Variables>(document: Asked<Data, Variables>): string {
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
