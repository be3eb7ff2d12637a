/** Texts and titles are kept to the letter, whatever they are; what cannot be kept is refused by name, never by a 500. */
import { describe, expect } from 'vitest'
import { limits } from '../src/limits.ts'
import type { Actor } from './support/actor.ts'
import { CONVERSATION } from './support/documents.ts'
import { mutate } from './support/mutate.ts'
import { openReader } from './support/reader.ts'
import { test } from './support/test-app.ts'
import { naughtyTexts, refusedTexts } from './support/texts.ts'

interface Place {
  conversationId: string
  messageId: string
}

/** A mutation that takes a text of a user's, and where its payload shows it. */
interface Way {
  mutation: string
  input: (place: Place, text: string) => Record<string, unknown>
  shown: [noun: string, field: string]
  max: number
}

let sent = 0
const TEXT = limits.messageTextLength.default
const TITLE = limits.conversationTitleLength.default

/** `input` gives the text last: that is the argument which a refusal names. */
// biome-ignore format: a row a way
const WAYS: Way[] = [
  { mutation: 'editMessage', input: ({ messageId }, text) => ({ messageId, text }), shown: ['message', 'text'], max: TEXT },
  { mutation: 'sendMessage', input: ({ conversationId }, text) => ({ conversationId, clientMessageId: `naughty ${++sent}`, text }), shown: ['message', 'text'], max: TEXT },
  { mutation: 'createConversation', input: (_, title) => ({ kind: 'GROUP', memberIds: [], title }), shown: ['conversation', 'title'], max: TITLE },
  { mutation: 'updateConversation', input: ({ conversationId }, title) => ({ conversationId, title }), shown: ['conversation', 'title'], max: TITLE },
]

const texts = naughtyTexts()
const thatFit = (max: number) => texts.filter((text) => text.length <= max)

async function newPlace(actor: Actor): Promise<Place> {
  const conversationId = await actor.begin()
  return { conversationId, messageId: (await actor.send(conversationId, 'a message')).id }
}

/** Several at once, but one after the other in one place: there each would see another one's text. */
async function inLanes(actor: Actor, all: readonly string[], write: (place: Place, text: string) => Promise<void>) {
  const lanes = Array.from({ length: 8 }, (_, lane) => all.filter((_text, i) => i % 8 === lane))
  await Promise.all(
    lanes.map(async (lane) => {
      const place = await newPlace(actor)
      for (const text of lane) await write(place, text)
    }),
  )
}

test('the texts are many, and of many scripts', () => {
  expect(texts.length).toBeGreaterThan(600)
  expect(texts.filter((text) => text.length > TEXT / 4).length).toBeGreaterThan(50)
  expect(texts.some((text) => text.includes('\u0301'.repeat(10_000)))).toBe(true)
})

for (const { mutation, input, shown, max } of WAYS) {
  const [noun, field] = shown
  describe(`the ${field} of ${mutation}`, () => {
    test('is answered as it was given', { timeout: 120_000 }, async ({ alice }) => {
      await inLanes(alice, thatFit(max), async (place, text) => {
        const answer = await mutate(alice, mutation, input(place, text), `${noun} { ${field} }`)
        expect((answer[noun] as Record<string, unknown> | undefined)?.[field], JSON.stringify(answer)).toBe(text)
      })
    })

    test.for(Object.entries(refusedTexts(max)))('that %s is refused by name', async ([, refused], { alice }) => {
      const place = await newPlace(alice)
      const tooLong = texts.filter((text) => text.length > max)
      for (const text of [...refused, ...tooLong]) {
        const { __typename, explanation } = await mutate(alice, mutation, input(place, text))
        expect([__typename, explanation]).toEqual(['InvalidInput', expect.stringContaining(`input.${field}`)])
      }
    })
  })
}

test('messages are read and heard as they were sent, live and later', async ({ alice, bob }) => {
  const conversationId = await alice.begin([bob])
  const readers = [await bob.listen(conversationId), await bob.feed()]
  const { cursor } = readers[0]!
  const fitting = thatFit(TEXT)
  const stored: string[] = []
  for (let from = 0; from < fitting.length; from += 100) {
    const some = fitting.slice(from, from + 100)
    const said = await alice.sendMany(conversationId, some.length, (n) => some[n] ?? '')
    stored.push(...said.map(({ text }) => text))
  }
  expect(fitting.filter((text) => !stored.includes(text))).toEqual([])

  readers.push(await bob.listen(conversationId, { after: cursor }))
  const heard = await Promise.all(readers.map((reader) => reader.take(stored.length)))
  for (const events of heard)
    expect(events.filter((event, i) => !('message' in event) || event.message?.text !== stored[i])).toEqual([])
  expect((await allTexts(bob, conversationId)).filter((text, i) => text !== stored[i])).toEqual([])
})

async function allTexts(actor: Actor, conversationId: string): Promise<string[]> {
  const read: string[] = []
  for (let after: string | null = null, more = true; more; ) {
    const { edges, pageInfo } = await actor.history(conversationId, { first: 100, after })
    read.push(...edges.map(({ node }) => node.text))
    after = pageInfo.endCursor ?? null
    more = pageInfo.hasNextPage
  }
  return read
}

test('a title is heard and read as it was given', async ({ alice, bob }) => {
  const conversationId = await alice.begin([bob])
  const query = `subscription ($id: ID!) { conversationEvents(conversationId: $id) { cursor
    ... on ConversationUpdated { conversation { title } } } }`
  const reader = await openReader(await bob.socket(), query, { id: conversationId })
  for (const title of thatFit(TITLE)) {
    await mutate(alice, 'updateConversation', { conversationId, title })
    expect(await reader.next()).toMatchObject({ conversation: { title } })
  }
  const { conversation } = await bob.ask(CONVERSATION, { id: conversationId })
  expect(conversation?.title).toBe(thatFit(TITLE).at(-1))
})
