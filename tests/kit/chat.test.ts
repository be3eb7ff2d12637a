/** Two people chat by the kit, with a running server. */
import { expect } from 'vitest'
import { read, test, until, untilRead, untilSent, untilStatus } from './stage.ts'

test('what one sends is in his list at once, and in the other’s when it is told', async ({ alice, bob, chat }) => {
  const conversationId = await alice.begin([bob], { title: 'Tea' })
  const [hers, his] = [chat(alice), chat(bob)]
  const [here, there] = [hers.open(conversationId), his.open(conversationId)]
  await until(there.messages, ({ isLoading, messages }) => !isLoading && messages.length === 0)
  const { clientId } = here.send({ text: 'Hello' })
  expect(read(here)).toEqual(['Hello (pending)'])
  expect(here.messages.get().messages[0]).toMatchObject({ key: clientId, id: null })
  await untilRead(here, ['Hello'])
  await untilRead(there, ['Hello'])
  expect(here.messages.get().messages[0]).toMatchObject({ key: clientId, isOwn: true, author: { name: 'Alice' } })
  expect(there.messages.get().messages[0]).toMatchObject({ isOwn: false, clientMessageId: clientId })
  await until(his.conversations, ({ conversations }) => conversations[0]?.unread.messages === 1)
  expect(his.unread.get()).toEqual({ conversations: 1, messages: 1, mentions: 0 })
  there.markRead()
  expect(his.unread.get()).toEqual({ conversations: 0, messages: 0, mentions: 0 })
  await untilSent(his)
  await until(
    there.conversation,
    (conversation) => conversation?.membership?.readSeq === conversation?.lastMessage?.seq,
  )
  await untilSent(hers)
})

test('edits, reactions and deletions are shown at once, and to all', async ({ alice, bob, chat }) => {
  const conversationId = await alice.begin([bob])
  const said = await alice.send(conversationId, 'Helo')
  const [hers, his] = [chat(alice), chat(bob)]
  const [here, there] = [hers.open(conversationId), his.open(conversationId)]
  await untilRead(here, ['Helo'])
  await untilRead(there, ['Helo'])
  hers.edit(said.id, { text: 'Hello' })
  expect(read(here)).toEqual(['Hello (pending)'])
  await untilRead(here, ['Hello'])
  await untilRead(there, ['Hello'])
  his.react(said.id, '👍')
  expect(there.messages.get().messages[0]?.reactions).toEqual([{ emoji: '👍', count: 1, isOwn: true }])
  await until(here.messages, ({ messages }) => messages[0]?.reactions[0]?.isOwn === false)
  await until(there.messages, ({ messages }) => messages[0]?.state === 'sent')
  expect(there.messages.get().messages[0]?.reactions).toEqual([{ emoji: '👍', count: 1, isOwn: true }])
  his.unreact(said.id, '👍')
  await until(here.messages, ({ messages }) => messages[0]?.reactions.length === 0)
  hers.delete(said.id, 'EVERYBODY')
  await until(there.messages, ({ messages }) => messages[0]?.deletedAt !== null)
})

test('history is read page by page in both directions, and joins what is live without a hole', async ({
  tenant,
  alice,
  bob,
  chat,
}) => {
  const conversationId = await alice.begin([bob])
  await tenant.fill(conversationId, alice, 230, (n) => `${n}`)
  const open = chat(bob).open(conversationId)
  await until(open.messages, ({ messages }) => messages.length === 50)
  expect(open.messages.get().hasOlder).toBe(true)
  await open.loadOlder()
  const shown = open.messages.get().messages
  expect(shown).toHaveLength(100)
  const { history } = alice
  const first = (await history(conversationId, { first: 20 })).edges.at(-1)
  await open.showAround(first?.node.id ?? '')
  expect(open.messages.get()).toMatchObject({ hasNewer: true, holes: [{}] })
  await alice.send(conversationId, 'new')
  while (open.messages.get().hasNewer) await open.loadNewer()
  while (open.messages.get().hasOlder) await open.loadOlder()
  expect(open.messages.get().holes).toEqual([])
  await until(open.messages, ({ messages }) => messages.at(-1)?.text === 'new')
  const seqs = open.messages.get().messages.map(({ seq }) => seq)
  expect(seqs).toEqual(Array.from({ length: 231 }, (_, n) => n + (seqs[0] ?? 0)))
})

test('written while offline: shown as pending, sent in order and once when the network is back', async ({
  alice,
  bob,
  proxy,
  chat,
}) => {
  const conversationId = await alice.begin([bob])
  const [hers, his] = [chat(alice), chat(bob)]
  const [here, there] = [hers.open(conversationId), his.open(conversationId)]
  here.send({ text: 'one' })
  await untilRead(here, ['one'])
  await untilRead(there, ['one'])
  proxy.tear()
  await untilStatus(hers, 'offline')
  for (const text of ['two', 'three', 'four']) here.send({ text })
  expect(read(here)).toEqual(['one', 'two (pending)', 'three (pending)', 'four (pending)'])
  proxy.mend()
  await untilRead(here, ['one', 'two', 'three', 'four'])
  await untilRead(there, ['one', 'two', 'three', 'four'])
})

test('what is refused for good is told, kept, and sent when it is tried again', async ({ alice, bob, chat }) => {
  const conversationId = await alice.begin([bob])
  const hers = chat(alice)
  const open = hers.open(conversationId)
  open.send({ text: 'x'.repeat(30_000) })
  const [failed] = await until(hers.outbox, ([entry]) => entry?.state === 'failed')
  expect(failed).toMatchObject({ error: { code: 'INVALID_INPUT', explanation: expect.any(String) } })
  expect(open.messages.get().messages[0]).toMatchObject({ state: 'failed', entryId: failed?.id })
  open.send({ text: 'next' }) // does not wait for it
  await until(open.messages, ({ messages }) => messages.some(({ text, state }) => text === 'next' && state === 'sent'))
  hers.retry(failed?.id ?? '')
  await until(hers.outbox, ([entry]) => entry?.state === 'failed' && entry.attempts === 2)
  hers.discard(failed?.id ?? '')
  await untilSent(hers)
  expect(read(open)).toEqual(['next'])
})

test('typing and presence are told while somebody looks', async ({ alice, bob, chat }) => {
  const conversationId = await alice.begin([bob])
  const [hers, his] = [chat(alice), chat(bob)]
  const [here, there] = [hers.open(conversationId), his.open(conversationId)]
  const typing = until(there.typing, (users) => users.length === 1)
  await until(there.presence, ({ online, coverage }) => online === 2 && coverage === 'FULL')
  const presence = await until(his.presence([alice.id]), (users) => users.get(alice.id)?.state === 'ACTIVE')
  expect([...presence.keys()]).toEqual([alice.id])
  here.setTyping(true)
  expect(await typing).toMatchObject([{ name: 'Alice' }])
})

test('a public channel is shown to who is no member without its messages, and live once he has joined', async ({
  alice,
  bob,
  chat,
}) => {
  const input = { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] }
  const { createConversation } = await alice.ask<{ createConversation: { conversation: { id: string } } }>(
    'mutation ($input: CreateConversationInput!) { createConversation(input: $input) { ... on CreateConversationPayload { conversation { id } } } }',
    { input },
  )
  const { id } = createConversation.conversation
  await alice.send(id, 'before')
  const his = chat(bob)
  const open = his.open(id)
  const { error } = await until(open.messages, ({ error }) => error !== null)
  expect(error?.code).toMatch(/NOT_FOUND|FORBIDDEN/)
  expect(open.conversation.get()).toMatchObject({ title: 'Open', membership: null })
  expect(open.conversation.get()?.capabilities).toContain('JOIN')
  await his.request('mutation ($input: JoinConversationInput!) { joinConversation(input: $input) { __typename } }', {
    input: { conversationId: id },
  })
  await untilRead(open, ['before'])
  await alice.send(id, 'live')
  await untilRead(open, ['before', 'live'])
  await open.loadMembers()
  const { members } = open.members.get()
  expect(members.map(({ user, role }) => `${user.name} ${role}`)).toEqual(['Alice OWNER', 'Bob MEMBER'])
  await until(his.conversations, ({ conversations }) => conversations.some((each) => each.id === id))
})
