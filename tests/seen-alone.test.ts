/** Where one member sees something else than the others: what random histories (tests/histories) have found to be wrong once. */
import { expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

interface Named {
  feed: {
    __typename: string
    message?: { replyTo: { id: string } | null; threadRoot: { thread: { lastReply: { id: string } | null } } | null }
  }
}
const NAMED = `subscription ($after: String) { feed(after: $after) { __typename cursor
  ... on MessageSent { message { id replyTo { id } threadRoot { thread { lastReply { id } } } } }
  ... on MessagePinned { message { id replyTo { id } threadRoot { thread { lastReply { id } } } } }
} }`

const hide = (actor: Actor, messageId: string) => mutate(actor, 'deleteMessage', { messageId, for: 'ME' })
const totals = async (actor: Actor) =>
  (await actor.ask<{ viewer: { unread: object } }>('{ viewer { unread { conversations messages mentions replies } } }'))
    .viewer.unread

/** Events as the named selection shows them, until one of this type. */
async function heardUntil(actor: Actor, type: string, after?: string): Promise<Named['feed'][]> {
  const frames = (await actor.socket()).subscribe('named', NAMED, { after })
  const heard: Named['feed'][] = []
  do heard.push(((await frames.next()).payload as { data: Named }).data.feed)
  while (heard.at(-1)?.__typename !== type)
  return heard
}

test('a thread whose root he has deleted for himself counts no longer', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const root = await bob.send(conversation, 'root')
  await alice.send(conversation, 'reply', { threadId: root.id })
  expect(await totals(bob)).toMatchObject({ replies: 1 })
  await hide(bob, root.id)
  expect(await totals(bob)).toMatchObject({ replies: 0 })
})

test('events name no message that he has deleted for himself, before he began to listen or after', async ({
  alice,
  bob,
}) => {
  const conversation = await alice.begin([bob])
  const root = await alice.send(conversation, 'root')
  const reply = await alice.send(conversation, 'reply', { threadId: root.id })
  await hide(bob, root.id)
  const { cursor } = await bob.feed()
  await alice.send(conversation, 'answer', { replyToId: root.id })
  await hide(bob, reply.id)
  await mutate(alice, 'pinMessage', { messageId: reply.id })
  const heard = await heardUntil(bob, 'MessagePinned', cursor)
  const [answer, pinned] = ['MessageSent', 'MessagePinned'].map((type) =>
    heard.find((each) => each.__typename === type),
  )
  expect(answer?.message).toMatchObject({ replyTo: null })
  expect(pinned?.message).toMatchObject({ threadRoot: null })
})

test('a notice of a pin names no message that he has deleted for himself', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const said = await alice.send(conversation, 'at hand')
  await mutate(alice, 'pinMessage', { messageId: said.id })
  const notices = async (actor: Actor) =>
    JSON.stringify(
      await actor.ask(
        `{ conversation(id: "${conversation}") { timeline { edges { node { ... on MessagePinned { message { text } } } } } } }`,
      ),
    )
  await hide(bob, said.id)
  expect(await notices(alice)).toContain('at hand')
  expect(await notices(bob)).not.toContain('at hand')
})

test('who left and came back gets what was said in his first time whole', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  await mutate(alice, 'updateConversation', { conversationId: conversation, history: 'FROM_JOIN' })
  const { cursor, socket } = await bob.feed()
  socket.cut()
  await alice.send(conversation, 'while he is cut off')
  await alice.remove(conversation, bob)
  await alice.add(conversation, bob)
  const heard = await heardUntil(bob, 'ConversationJoined', cursor)
  const said = heard.find(({ __typename }) => __typename === 'MessageSent')
  expect(said?.message).not.toBeNull()
})

test('a conversation is told to be hidden until something happens in it', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const isHidden = async () =>
    (
      await bob.ask<{ conversation: { viewerMembership: { own: { hidden: boolean } } } }>(
        `{ conversation(id: "${conversation}") { viewerMembership { own { hidden } } } }`,
      )
    ).conversation.viewerMembership.own.hidden
  await mutate(bob, 'hideConversation', { conversationId: conversation, hidden: true })
  expect(await isHidden()).toBe(true)
  await alice.send(conversation, 'hello')
  expect(await isHidden()).toBe(false)
})
