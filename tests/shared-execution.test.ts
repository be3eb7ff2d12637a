/** What is computed once for many: only what is the same for them, and then once. */
import {
  type GraphQLField,
  type GraphQLInterfaceType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { describe, expect, onTestFinished } from 'vitest'
import type { App } from '../src/app.ts'
import { schema } from '../src/schema/index.ts'
import type { Actor } from './support/actor.ts'
import { LARGE_DOCUMENTS } from './support/large-documents.ts'
import { mutate } from './support/mutate.ts'
import { openReader, type Reader } from './support/reader.ts'
import { testWith } from './support/test-app.ts'

const test = testWith(LARGE_DOCUMENTS)

type Field = GraphQLField<unknown, unknown>

/** How deep the walk goes: an event, its message, that one's quote, its author. */
const LEVELS = 3

const isMarked = ({ extensions }: Field): boolean => extensions.viewer === true

let nth = 0

/** Every field below that type which is not marked as the viewer's. */
function unmarked(fields: readonly Field[], levels: number): string {
  const shown = fields
    .filter((field) => !isMarked(field) && !field.args.some(isRequiredArgument))
    .map((field) => {
      const below = getNamedType(field.type)
      // Under a name of its own, since an event's field may be null in one type and not in another.
      if (isLeafType(below)) return levels === LEVELS ? `${field.name}${nth++}: ${field.name}` : field.name
      if (levels === 0 || !isObjectType(below)) return ''
      const args = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : ''
      return `${field.name}${args} { ${unmarked(Object.values(below.getFields()), levels - 1)} }`
    })
  return ['__typename', ...shown].join(' ')
}

function listen(field: string, interfaceName: string): string {
  const types = schema.getPossibleTypes(schema.getType(interfaceName) as GraphQLInterfaceType)
  const selections = types.map((type) => `... on ${type.name} { ${unmarked(Object.values(type.getFields()), LEVELS)} }`)
  return `subscription { ${field} { __typename ${selections.join(' ')} } }`
}

/** So many executions it took. */
async function executions({ parts }: App, work: () => Promise<unknown>): Promise<number> {
  const count = async () => (await parts.metrics.executions.get()).values[0]?.value ?? 0
  const before = await count()
  await work()
  return (await count()) - before
}

/** All that can be said of a message, and of members. */
async function saidOf(conversationId: string, alice: Actor, bob: Actor): Promise<void> {
  const first = await alice.send(conversationId, 'first')
  const { id: messageId } = await bob.send(conversationId, 'a reply', { replyToId: first.id })
  await alice.send(conversationId, 'in its thread', { threadId: messageId })
  await mutate(alice, 'addReaction', { messageId, emoji: '👍' })
  await mutate(alice, 'pinMessage', { messageId })
  await mutate(bob, 'editMessage', { messageId, text: 'edited' })
  await mutate(bob, 'deleteMessage', { messageId, for: 'EVERYBODY' })
  await mutate(alice, 'updateConversation', { conversationId, title: 'the last' })
}

async function untilRenamed(reader: Reader): Promise<{ __typename: string }[]> {
  const heard: { __typename: string }[] = []
  do heard.push(...((await reader.take(1)) as { __typename: string }[]))
  while (heard.at(-1)?.__typename !== 'ConversationUpdated')
  return heard
}

describe('a selection without a marked field', () => {
  for (const [name, field, type] of [
    ['conversationEvents', (id: string) => `conversationEvents(conversationId: "${id}")`, 'ConversationEvent'],
    ['feed', () => 'feed', 'FeedEvent'],
  ] as const)
    test(`of ${name} reads nothing of the viewer, however much it asks`, async ({ alice, bob, carol }) => {
      const conversationId = await alice.begin([bob, carol])
      const document = listen(field(conversationId), type)
      const readers = await Promise.all([bob, carol].map(async (each) => openReader(await each.socket(), document, {})))
      await saidOf(conversationId, alice, bob)
      const [one, other] = await Promise.all(readers.map(untilRenamed))
      const ofConversation = (heard: { __typename: string }[] = []) => heard.filter((event) => 'message' in event)
      expect(ofConversation(one)).toEqual(ofConversation(other))
      expect(ofConversation(one).length).toBeGreaterThanOrEqual(7)
    })

  test('that reads the viewer all the same fails instead of leaking', async ({ alice, bob }) => {
    const reacted = (schema.getType('Reaction') as unknown as { getFields(): Record<string, Field> }).getFields()
      .viewerReacted
    const mark = reacted?.extensions as { viewer?: boolean }
    mark.viewer = false
    onTestFinished(() => {
      mark.viewer = true
    })
    const conversationId = await alice.begin([bob])
    const frames = (await bob.socket()).subscribe(
      'unmarked',
      `subscription { conversationEvents(conversationId: "${conversationId}") { ... on ReactionAdded { message { reactions { viewerReacted } } } } }`,
    )
    await frames.next()
    const { id: messageId } = await alice.send(conversationId, 'said')
    await mutate(alice, 'addReaction', { messageId, emoji: '👍' })
    await frames.next()
    const { payload } = await frames.next()
    expect(payload).toMatchObject({
      data: { conversationEvents: { message: null } },
      errors: [{ extensions: { code: 'INTERNAL' } }],
    })
  })
})

describe('an event for many readers of one selection is executed', () => {
  const SAID = '{ __typename cursor ... on MessageSent { message { text replyTo { text } } } }'
  const LISTEN = `subscription ($id: ID!) { conversationEvents(conversationId: $id) ${SAID} }`
  const open = async (actor: Actor, id: string) => openReader(await actor.socket(), LISTEN, { id })
  const texts = (events: unknown[]) => events.map((event) => (event as { message: object }).message)

  test('once; and once more for all those, together, who do not see what it quotes', async ({
    app,
    alice,
    bob,
    carol,
    mallory,
  }) => {
    const id = await alice.begin([bob, carol])
    await mutate(alice, 'updateConversation', { conversationId: id, history: 'FROM_JOIN' })
    const old = await alice.send(id, 'old')
    await mutate(carol, 'deleteMessage', { messageId: old.id, for: 'ME' })
    await alice.add(id, mallory)
    const readers = await Promise.all([bob, bob, bob, carol, mallory, mallory].map((actor) => open(actor, id)))
    const plain = await executions(app, async () => {
      await alice.send(id, 'plain')
      for (const reader of readers) expect(texts(await reader.take(1))).toEqual([{ text: 'plain', replyTo: null }])
    })
    const quoting = await executions(app, async () => {
      await alice.send(id, 'quoting', { replyToId: old.id })
      for (const [n, reader] of readers.entries())
        expect(texts(await reader.take(1))).toEqual([{ text: 'quoting', replyTo: n < 3 ? { text: 'old' } : null }])
    })
    const known = await executions(app, async () => {
      for (const text of ['again', 'and plain', 'and again'])
        await alice.send(id, text, text === 'and plain' ? {} : { replyToId: old.id })
      for (const [n, reader] of readers.entries()) {
        const replyTo = n < 3 ? { text: 'old' } : null
        expect(texts(await reader.take(3))).toEqual([
          { text: 'again', replyTo },
          { text: 'and plain', replyTo: null },
          { text: 'and again', replyTo },
        ])
      }
    })
    expect([plain, quoting, known]).toEqual([1, 2, 5])
  })

  test('for each tenant with what is its own, when two of them speak in one turn', async ({ newTenant }) => {
    const casts = await Promise.all(
      [0, 1].map(async () => {
        const tenant = await newTenant()
        const [speaker, listener] = [await tenant.user('speaker'), await tenant.user('listener')]
        const id = await speaker.begin([listener])
        const NAMED = `subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename ... on MessageSent { conversation { id } message { author { id } } } } }`
        return { tenant, speaker, id, reader: await openReader(await listener.socket(), NAMED, { id }) }
      }),
    )
    await Promise.all(casts.map(({ tenant, speaker, id }) => tenant.fill(id, speaker, 30)))
    for (const { speaker, id, reader } of casts)
      expect(await reader.take(30)).toEqual(
        new Array(30).fill({
          __typename: 'MessageSent',
          conversation: { id },
          message: { author: { id: speaker.id } },
        }),
      )
  })

  test('for each viewer alone where it asks for what is his', async ({ app, alice, bob, carol }) => {
    const id = await alice.begin([bob, carol])
    const document = `subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename ... on MessageSent { message { capabilities } } } }`
    const readers = await Promise.all(
      [bob, bob, carol].map(async (actor) => openReader(await actor.socket(), document, { id })),
    )
    const count = await executions(app, async () => {
      await alice.send(id, 'said')
      for (const reader of readers) await reader.take(1)
    })
    expect(count).toBe(2)
  })
})
