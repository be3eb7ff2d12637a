/** Apps of earlier releases against the server of today: all that they ask is answered. */
import { expect } from 'vitest'
import type { Answer, Payload } from '../client/asking.ts'
import { createConnection } from '../client/connection.ts'
import { releasedDocuments } from './support/released.ts'
import { test } from './support/test-app.ts'

const SAID = `subscription ($conversationId: ID!) {
  conversationEvents(conversationId: $conversationId, afterSeq: 0) { ... on LogEvent { id } }
}`
const SET_TYPING = `mutation ($conversationId: ID!) {
  setTyping(input: { conversationId: $conversationId, isTyping: true }) { __typename }
}`

interface Place {
  conversationId: string
  /** Of a channel in which the asker is no member. */
  channelId: string
  messageId: string
  eventId: string
}

/** With what each is asked; a new document needs a line here. Mutations are done in this order. */
const variablesOf: Record<string, (place: Place) => Record<string, unknown>> = {
  Viewer: () => ({}),
  Conversations: () => ({ first: 10 }),
  ConversationsById: ({ conversationId }) => ({ ids: [conversationId] }),
  ConversationsAsStranger: ({ channelId }) => ({ ids: [channelId] }),
  Messages: ({ conversationId }) => ({ id: conversationId, last: 10 }),
  Members: ({ conversationId }) => ({ id: conversationId, first: 10 }),
  KnownEvents: ({ eventId }) => ({ ids: [eventId] }),
  Feed: () => ({}),
  Listen: ({ conversationId }) => ({ conversationId, afterSeq: 0 }),
  Typing: ({ conversationId }) => ({ conversationId }),
  Presence: ({ conversationId }) => ({ conversationId }),
  Send: ({ conversationId }) => ({ input: { conversationId, text: 'hi', clientMessageId: 'other' } }),
  Edit: ({ messageId }) => ({ input: { messageId, text: 'hello' } }),
  React: ({ messageId }) => ({ input: { messageId, emoji: '👍' } }),
  Unreact: ({ messageId }) => ({ input: { messageId, emoji: '👍' } }),
  MarkRead: ({ messageId }) => ({ input: { upTo: messageId } }),
  SetTyping: ({ conversationId }) => ({ input: { conversationId, isTyping: true } }),
  Delete: ({ messageId }) => ({ input: { messageId, for: 'EVERYBODY' } }),
}

test('what apps of earlier releases ask is answered', async ({ app, alice, bob, onTestFinished }) => {
  const conversationId = await alice.begin([bob])
  const channelId = await bob.begin([], { kind: 'CHANNEL', title: 'Choir' })
  const connection = createConnection({ url: app.url, token: () => alice.token })
  onTestFinished(() => connection.close())
  const { id: messageId } = await alice.send(conversationId, 'one')
  const said = await firstOf({ query: SAID, variables: { conversationId } }, (event) => event.id !== undefined)
  await bob.ask(SET_TYPING, { conversationId })
  const place = { conversationId, channelId, messageId, eventId: eventOf(said)?.id ?? '' }
  const order = Object.keys(variablesOf)
  const documents = releasedDocuments().toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name))

  const wrong: unknown[] = []
  for (const { release, name, kind, text } of documents) {
    const variables = variablesOf[name]?.(place)
    if (!variables) throw new Error(`${name} of ${release} is asked with nothing: add a line to variablesOf`)
    const ask = kind === 'subscription' ? firstOf : connection.execute
    const { data, errors } = await ask({ query: text, variables })
    if (!data || errors || hasRefusal(data)) wrong.push({ release, name, data, errors })
  }
  expect(wrong).toEqual([])

  function firstOf(payload: Payload, fits = (_event: Event) => true): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const stop = connection.subscribe(payload, {
        next(answer) {
          const event = eventOf(answer)
          if (event && !fits(event)) return
          resolve(answer)
          stop()
        },
        error: (error) => reject(new Error(`${payload.query} is refused`, { cause: error })),
        complete: () => {},
      })
    })
  }
})

interface Event {
  id?: string
}

const eventOf = ({ data }: Answer) => Object.values(data ?? {})[0] as Event | undefined

/** A mutation answers what can be expected of it as data. */
function hasRefusal(data: object | null | undefined): boolean {
  return Object.values(data ?? {}).some((field) => (field as { code?: string } | null)?.code !== undefined)
}
