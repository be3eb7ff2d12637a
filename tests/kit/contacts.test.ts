/** A stranger writes, by the kit: the request is told live, and accepted or put away. */
import { expect } from 'vitest'
import type { Chat } from '../../client/api.ts'
import { accept } from '../support/contacts.ts'
import { mutate } from '../support/mutate.ts'
import { test, until, untilRead, untilSent } from './stage.ts'

const idsOf = (list: { conversations: readonly { id: string }[] }) => list.conversations.map(({ id }) => id)
const untilRequests = (chat: Chat, ids: string[]) =>
  until(chat.requests, (list) => !list.isLoading && JSON.stringify(idsOf(list)) === JSON.stringify(ids))
const untilListed = (chat: Chat, id: string) => until(chat.conversations, (list) => idsOf(list).includes(id))

test('a request comes live, is no conversation until it is accepted, and both go on then', async ({
  alice,
  bob,
  chat,
}) => {
  const [hers, his] = [chat(alice), chat(bob)]
  await untilRequests(his, [])
  const id = await alice.openDirect(bob)
  const here = hers.open(id)
  await until(here.conversation, (conversation) => conversation?.contact?.state === 'REQUESTED')
  expect(here.conversation.get()).toMatchObject({ contact: { isOwn: true }, isRequest: false })
  expect(idsOf(his.requests.get())).toEqual([]) // nothing was said yet
  here.send({ text: 'hello' })
  const { conversations } = await untilRequests(his, [id])
  expect(conversations[0]).toMatchObject({
    ...{ contact: { state: 'REQUESTED', isOwn: false }, isRequest: true, peer: { name: 'Alice' } },
    lastMessage: { text: 'hello' },
  })
  expect(idsOf(his.conversations.get())).toEqual([])
  expect(his.unread.get()).toEqual({ conversations: 0, messages: 0, mentions: 0 })
  await untilListed(hers, id)
  expect(idsOf(hers.requests.get())).toEqual([])

  await untilSent(hers)
  here.send({ text: 'are you there?' })
  const [refused] = await until(hers.outbox, ([entry]) => entry?.state === 'failed')
  expect(refused?.error).toMatchObject({ code: 'LIMIT_EXCEEDED', explanation: expect.stringContaining('accepts') })
  const there = his.open(id)
  await untilRead(there, ['hello'])
  await his.acceptContact(id)
  expect(there.conversation.get()).toMatchObject({ contact: { state: 'ACCEPTED' }, isRequest: false })
  expect(idsOf(his.requests.get())).toEqual([])
  await untilListed(his, id)
  await until(here.conversation, (conversation) => conversation?.contact?.state === 'ACCEPTED')
  hers.retry(refused?.id ?? '')
  await untilRead(there, ['hello', 'are you there?'])
  await expect(his.declineContact(id)).rejects.toMatchObject({ code: 'STALE_WRITE' })
})

test('what is declined is told to his own devices alone, and may be accepted later', async ({ alice, bob, chat }) => {
  const id = await alice.openDirect(bob)
  await alice.send(id, 'hello')
  const [hers, phone, laptop] = [chat(alice), chat(bob), chat(bob)]
  const here = hers.open(id)
  await untilRead(here, ['hello'])
  await untilRequests(laptop, [id])
  await untilRequests(phone, [id])
  await phone.declineContact(id)
  expect(phone.conversation(id).get()).toMatchObject({ contact: { state: 'DECLINED' }, isRequest: true })
  await untilRequests(laptop, [])
  expect(idsOf(laptop.conversations.get())).toEqual([])
  expect(here.conversation.get()?.contact).toEqual({ state: 'REQUESTED', isOwn: true })
  await laptop.acceptContact(id)
  await untilListed(phone, id)
  await until(here.conversation, (conversation) => conversation?.contact?.state === 'ACCEPTED')
})

test('an answer that is cut off is given once the network is back; of others it is refused', async ({
  alice,
  bob,
  mallory,
  proxy,
  chat,
}) => {
  const id = await alice.openDirect(bob)
  await alice.send(id, 'hello')
  const his = chat(bob)
  await untilRequests(his, [id])
  proxy.tear()
  const accepting = his.acceptContact(id)
  proxy.mend()
  await accepting
  await untilListed(his, id)
  const [hers, theirs] = [chat(alice), chat(mallory)]
  await expect(hers.acceptContact(id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(theirs.acceptContact(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('more than a page of requests is loaded page by page, and each that is accepted elsewhere goes', async ({
  tenant,
  bob,
  chat,
}) => {
  const ids: string[] = []
  for (let n = 0; n < 32; n++) {
    const actor = await tenant.user(`stranger${n}`)
    const id = await actor.openDirect(bob)
    await actor.send(id, `hello ${n}`)
    ids.unshift(id)
  }
  const his = chat(bob)
  await untilRequests(his, ids.slice(0, 30))
  expect(his.requests.get().hasMore).toBe(true)
  await his.loadRequests()
  await untilRequests(his, ids)
  expect(his.requests.get().hasMore).toBe(false)
  await accept(bob, ids[3] ?? '')
  await untilRequests(his, ids.toSpliced(3, 1))
  await mutate(bob, 'declineContact', { conversationId: ids[0] })
  await untilRequests(his, ids.toSpliced(3, 1).slice(1))
})
