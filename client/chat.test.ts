import { expect, test } from 'vitest'
import { fakeClock } from '../tests/kit/fake-clock.ts'
import { type FakeSocket, fakeServer } from '../tests/kit/fake-server.ts'
import { createChat } from './chat.ts'

const USER = { externalId: 'me', name: 'Me', avatarUrl: null }
const ME = { id: 'me', ...USER }
const message = (seq: number, more = {}) => ({
  ...{ id: `m${seq}`, seq, clientMessageId: `client ${seq}`, text: `text ${seq}`, createdAt: '2026-11-01T00:00:00Z' },
  ...{ editedAt: null, deletedAt: null, pinnedAt: null, revision: 0, silent: false, urgency: 'NORMAL', metadata: null },
  ...{ inThread: false, alsoInConversation: false, author: ME, mentions: [], replyTo: null, threadRoot: null },
  ...{ thread: null, reactions: [], conversation: { id: 'conv' }, ...more },
})
const conversation = {
  ...{ __typename: 'Conversation', id: 'conv', kind: 'GROUP', title: 'Tea', topic: null, avatarUrl: null },
  ...{
    metadata: null,
    archivedAt: null,
    memberCount: 1,
    createdAt: '2026-11-01T00:00:00Z',
    capabilities: ['POST'],
    contact: null,
  },
  viewerUnread: { messages: 0, mentions: 0 },
  viewerMembership: {
    role: 'OWNER',
    joinedSeq: 1,
    own: { readSeq: 1, mutedUntil: null, pinOrder: null, hidden: false },
  },
  ...{ lastMessage: null, members: { edges: [] } },
}
const sent = (seq: number) => ({
  ...{ __typename: 'MessageSent', cursor: `c${seq}`, id: `event ${seq}`, seq, actor: { id: 'me' } },
  ...{ conversation: { id: 'conv' }, message: message(seq) },
})

/** What the server has, and how it answers; a test changes it. */
function stage() {
  const [clock, server] = [fakeClock(), fakeServer()]
  const asked: string[] = []
  const answered = new Map<FakeSocket, number>()
  const world = {
    history: [] as object[],
    known: true,
    feed: [{ __typename: 'Subscribed', cursor: 'c0' }] as object[],
    listen: [] as object[],
    send: (_input: { clientMessageId: string; text: string }): object => ({}),
  }
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
  const answers: Record<string, (variables: never) => object[]> = {
    Viewer: () => [{ viewer: { user: ME } }],
    Feed: () => world.feed.map((feed) => ({ feed })),
    Listen: () => world.listen.map((conversationEvents) => ({ conversationEvents })),
    Conversations: () => [{ conversations: { edges: [{ node: conversation }], pageInfo } }],
    Safety: () => [
      {
        contactRequests: { edges: [], pageInfo },
        viewer: { blockedUsers: { edges: [], pageInfo }, mutedUsers: { edges: [], pageInfo } },
      },
    ],
    ConversationsById: ({ ids }: { ids: string[] }) => [{ nodes: ids.map(() => conversation) }],
    Messages: () => [
      { conversation: { messages: { edges: world.history.map((node) => ({ cursor: 'x', node })), pageInfo } } },
    ],
    Members: () => [{ conversation: { members: { edges: [], pageInfo } } }],
    KnownEvents: ({ ids }: { ids: string[] }) => [{ knownEvents: ids.map(() => world.known) }],
    Send: ({ input }: { input: { clientMessageId: string; text: string } }) => [{ sendMessage: world.send(input) }],
  }

  async function serve(ms = 0): Promise<void> {
    for (let round = 0; round < 8; round++) {
      await clock.pass(round === 0 ? ms : 60)
      for (const socket of server.sockets) answerAll(socket)
    }
  }

  function answerAll(socket: FakeSocket): void {
    for (const { id, type, payload } of socket.frames.slice(answered.get(socket) ?? 0)) {
      if (type !== 'subscribe') continue
      const name = /(?:query|mutation|subscription) (\w+)/.exec(payload?.query ?? '')?.[1] ?? ''
      asked.push(name)
      for (const data of answers[name]?.(payload?.variables as never) ?? [])
        socket.send({ id, type: 'next', payload: { data } })
    }
    answered.set(socket, socket.frames.length)
  }

  const chat = createChat({
    ...{ url: 'http://chat', token: () => 'good', clock, WebSocket: server.WebSocket },
    signals: { isOnline: () => true, subscribe: () => () => {} },
  })
  return {
    ...{ clock, server, asked, world, chat, serve },
    async begin() {
      await serve()
      server.last().acknowledge()
      await serve()
    },
    texts: (open: ReturnType<typeof chat.open>) =>
      open.messages.get().messages.map(({ text, state }) => `${text} ${state}`),
    hear: (event: object) => server.last().answer('feed(', { feed: event }),
  }
}

test('an old id that is answered with another message: that one is shown, and ours is told and can be sent under a new id', async () => {
  const { world, chat, serve, begin, texts } = stage()
  const open = chat.open('conv')
  await begin()
  const ids: string[] = []
  world.send = ({ clientMessageId }) => {
    ids.push(clientMessageId)
    return {
      __typename: 'SendMessagePayload',
      deduplicated: true,
      message: message(2, { clientMessageId, text: 'theirs' }),
    }
  }
  const { id } = open.send({ text: 'ours' })
  await serve()
  expect(texts(open)).toEqual(['theirs sent'])
  expect(chat.outbox.get()).toMatchObject([{ state: 'failed', error: { code: 'ANSWERED_OTHERWISE' } }])
  world.send = ({ clientMessageId, text }) => {
    ids.push(clientMessageId)
    return {
      __typename: 'SendMessagePayload',
      deduplicated: false,
      message: message(3, { id: 'm3', clientMessageId, text }),
    }
  }
  chat.retry(id)
  await serve()
  expect(texts(open)).toEqual(['theirs sent', 'ours sent'])
  expect(new Set(ids).size).toBe(2)
  expect(chat.outbox.get()).toEqual([])
})

test('after a resync what the server has forgotten is read again, and what it knows goes on where it was', async () => {
  for (const known of [true, false]) {
    const { world, chat, serve, begin, texts, hear, asked, server } = stage()
    const open = chat.open('conv')
    await begin()
    for (const seq of [2, 3]) hear(sent(seq))
    await serve()
    expect(texts(open)).toEqual(['text 2 sent', 'text 3 sent'])
    Object.assign(world, {
      known,
      history: [message(2), message(4)],
      listen: [{ __typename: 'Subscribed', cursor: 'l' }, sent(4)],
    })
    world.feed = [{ __typename: 'Subscribed', cursor: 'fresh' }]
    asked.length = 0
    const { id } = server.last().frames.find(({ payload }) => payload?.query?.includes('feed(')) ?? {}
    hear({ __typename: 'ResyncRequired', cursor: 'fresh' })
    server.last().send({ id, type: 'complete' })
    await serve()
    expect(asked.slice(0, 2)).toEqual(['Feed', 'KnownEvents'])
    expect(texts(open)).toEqual(known ? ['text 2 sent', 'text 3 sent', 'text 4 sent'] : ['text 2 sent', 'text 4 sent'])
    expect(asked.includes('Messages')).toBe(!known)
    expect(asked.includes('Listen')).toBe(known)
    await chat.close()
  }
})

test('events that are missing are not passed over: the conversation is read again', async () => {
  const { world, chat, serve, begin, texts, hear, asked } = stage()
  const open = chat.open('conv')
  await begin()
  hear(sent(2))
  await serve()
  Object.assign(world, { history: [message(3), message(5)] }) // 2 is not seen any more, say
  asked.length = 0
  hear(sent(5))
  await serve()
  expect(texts(open)).toEqual(['text 3 sent', 'text 5 sent'])
  expect(asked).toContain('Messages')
  await chat.close()
})

test('a committed message stands where its echo stood: under the same key, once, whatever comes first', async () => {
  for (const first of ['answer', 'event'] as const) {
    const { world, chat, serve, begin, hear } = stage()
    const open = chat.open('conv')
    await begin()
    const shown: string[] = []
    open.messages.subscribe(({ messages }) => shown.push(messages.map(({ key, state }) => `${key} ${state}`).join()))
    let clientId = ''
    world.send = ({ clientMessageId }) => {
      clientId = clientMessageId
      const committed = message(2, { clientMessageId, text: 'hi' })
      if (first === 'event') hear({ ...sent(2), message: committed })
      return { __typename: 'SendMessagePayload', deduplicated: false, message: committed }
    }
    open.send({ text: 'hi' })
    await serve()
    if (first === 'answer') hear({ ...sent(2), message: message(2, { clientMessageId: clientId, text: 'hi' }) })
    await serve()
    expect(new Set(shown)).toEqual(new Set([`${clientId} pending`, `${clientId} sent`]))
    expect(shown.lastIndexOf(`${clientId} pending`)).toBeLessThan(shown.indexOf(`${clientId} sent`))
    await chat.close()
  }
})

test('a conversation that is opened again, and has all, is not loading any more', async () => {
  const { world, chat, serve, begin } = stage()
  world.history = [message(2)]
  const first = chat.open('conv')
  await begin()
  void first.loadMembers()
  await serve()
  first.close()
  const again = chat.open('conv')
  void again.loadMembers()
  await serve()
  expect(again.messages.get()).toMatchObject({ messages: [{ text: 'text 2' }], isLoading: false })
  await chat.close()
})

test('event types and enum values that are newer than the kit: their place is taken, and the rest goes on', async () => {
  const { chat, serve, begin, texts, hear, asked } = stage()
  const open = chat.open('conv')
  await begin()
  hear(sent(2))
  hear({ ...sent(3), __typename: 'MessageSung' })
  hear({ __typename: 'ChoirRehearsed', cursor: 'c3' }) // of no log
  hear({ ...sent(4), message: message(4, { urgency: 'DEAFENING' }) })
  asked.length = 0
  await serve()
  expect(texts(open)).toEqual(['text 2 sent', 'text 4 sent'])
  expect(open.messages.get().messages.at(-1)?.urgency).toBe('DEAFENING')
  expect(asked).not.toContain('Messages') // no hole was seen
})
