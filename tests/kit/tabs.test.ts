/** What is kept between starts, and shared between tabs. */
import { expect } from 'vitest'
import { createChat } from '../../client/chat.ts'
import type { Locks } from '../../client/environment.ts'
import { memoryStorage } from '../../client/storage/memory.ts'
import type { ClientStorage } from '../../client/storage/storage.ts'
import { read, test, until, untilRead, untilSent, untilStatus } from './stage.ts'

/** As Web Locks do: one after the other. */
function webLocks(): Locks {
  let last: Promise<unknown> = Promise.resolve()
  return {
    request: (_name, work) => {
      const mine = last.then(work)
      last = mine.catch(() => {})
      return mine
    },
  }
}

for (const how of ['Web Locks', 'a lease'] as const)
  test(`two tabs over one storage, by ${how}: both show what is pending, one sends it, once`, async ({
    alice,
    bob,
    proxy,
    chat,
  }) => {
    const conversationId = await alice.begin([bob])
    const storage = memoryStorage(`tabs by ${how}`)
    const sent: string[] = []
    class Overheard extends WebSocket {
      override send(data: string): void {
        const { payload } = JSON.parse(data) as { payload?: { variables?: { input?: { text?: string } } } }
        if (payload?.variables?.input?.text) sent.push(payload.variables.input.text)
        super.send(data)
      }
    }
    const options = { storage, WebSocket: Overheard, ...(how === 'Web Locks' && { locks: webLocks() }) }
    const [one, other] = [chat(alice, options), chat(alice, options)]
    const [here, there] = [one.open(conversationId), other.open(conversationId)]
    here.send({ text: 'one' })
    for (const open of [here, there]) await untilRead(open, ['one'])
    proxy.tear()
    for (const tab of [one, other]) await untilStatus(tab, 'offline')
    here.send({ text: 'two' })
    await untilRead(there, ['one', 'two (pending)'])
    there.send({ text: 'three' })
    await untilRead(here, ['one', 'two (pending)', 'three (pending)'])
    proxy.mend()
    for (const open of [here, there]) await untilRead(open, ['one', 'two', 'three'])
    for (const tab of [one, other]) await untilSent(tab)
    // A lease may be held by two for a moment: then the server is asked twice, and stores it once.
    if (how === 'Web Locks') expect(sent).toEqual(['one', 'two', 'three'])
    else expect(new Set(sent)).toEqual(new Set(['one', 'two', 'three']))
    const { edges } = await bob.history(conversationId, { last: 10 })
    expect(edges.map(({ node }) => node.text)).toEqual(['one', 'two', 'three'])
  })

test('the last known state is there before the network is, and what was missed comes after it', async ({
  alice,
  bob,
  proxy,
  chat,
}) => {
  const conversationId = await alice.begin([bob], { title: 'Tea' })
  await alice.send(conversationId, 'one')
  const storage = memoryStorage('cold start')
  const before = chat(bob, { storage })
  const first = before.open(conversationId)
  await untilRead(first, ['one'])
  await before.close()
  await alice.send(conversationId, 'missed')
  proxy.tear()
  const after = chat(bob, { storage })
  const open = after.open(conversationId)
  await untilRead(open, ['one'])
  expect(after.viewer.get()?.name).toBe('Bob')
  expect(after.conversations.get().conversations.map(({ title }) => title)).toEqual(['Tea'])
  open.send({ text: 'written offline' })
  await after.close() // and the page is left
  proxy.mend()
  const last = chat(bob, { storage })
  await untilRead(last.open(conversationId), ['one', 'missed', 'written offline'])
})

test('what another version or another user has kept is not shown, nor sent', async ({ alice, bob, chat }) => {
  const conversationId = await alice.begin([bob])
  await alice.send(conversationId, 'one')
  const storage = memoryStorage('of many')
  await storage.set('snapshot', { version: 0, all: 'else' })
  await storage.set('outbox/x', { version: 0 })
  const hers = chat(alice, { storage })
  await untilRead(hers.open(conversationId), ['one'])
  expect(hers.outbox.get()).toEqual([])
  await hers.close()
  const dead = createChat({ url: 'http://127.0.0.1:1', token: () => alice.token, storage })
  await until(dead.viewer, (viewer) => viewer !== null)
  dead.open(conversationId).send({ text: 'hers' })
  await dead.close()
  const his = chat(bob, { storage })
  const open = his.open(conversationId)
  await until(his.viewer, (viewer) => viewer?.name === 'Bob')
  await untilRead(open, ['one'])
  expect(his.outbox.get()).toEqual([])
})

test('a storage that refuses: it goes on in memory, and says so', async ({ alice, chat }) => {
  const conversationId = await alice.begin()
  const refuse = () => Promise.reject(new DOMException('The quota has been exceeded', 'QuotaExceededError'))
  const storage: ClientStorage = { name: 'full', get: refuse, set: refuse, delete: refuse, keys: refuse }
  const hers = chat(alice, { storage })
  const open = hers.open(conversationId)
  open.send({ text: 'one' })
  expect(read(open)).toEqual(['one (pending)'])
  await untilRead(open, ['one'])
  const state = await until(hers.storage, ({ isDurable }) => !isDurable)
  expect(state.error?.name).toBe('QuotaExceededError')
})
