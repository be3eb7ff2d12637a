/** Whom one blocks or mutes: what he says is collapsed, on all of one's devices, until it is taken back. */
import { expect } from 'vitest'
import type { OpenConversation } from '../../client/api.ts'
import { memoryStorage } from '../../client/storage/memory.ts'
import { mutate } from '../support/mutate.ts'
import { test, until, untilRead } from './stage.ts'

const collapsedIn = ({ messages }: OpenConversation) =>
  messages.get().messages.map(({ isCollapsed, replyTo }) => [isCollapsed, replyTo?.isCollapsed ?? false])
const untilCollapsed = (open: OpenConversation, wanted: boolean[][]) =>
  until(open.messages, () => JSON.stringify(collapsedIn(open)) === JSON.stringify(wanted))

test('muted: collapsed with quotes of it, live and of history, for oneself alone; mentions are in vain', async ({
  alice,
  bob,
  carol,
  chat,
}) => {
  const id = await carol.begin([alice, bob])
  const { id: replyToId } = await alice.send(id, 'before')
  await carol.send(id, 'quoting', { replyToId })
  const [phone, laptop, hers] = [chat(bob), chat(bob), chat(carol)]
  const [here, there, elsewhere] = [phone.open(id), laptop.open(id), hers.open(id)]
  for (const open of [here, there, elsewhere]) await untilRead(open, ['before', 'quoting'])
  await phone.mute(alice.id)
  expect(phone.avoided.get().muted.has(alice.id)).toBe(true)
  for (const open of [here, there])
    await untilCollapsed(open, [
      [true, false],
      [false, true],
    ])
  const mentions = [{ kind: 'USER' as const, userId: bob.id, start: 0, length: 4 }]
  await alice.send(id, '@bob', { mentions })
  await untilCollapsed(there, [
    [true, false],
    [false, true],
    [true, false],
  ])
  expect(laptop.conversation(id).get()).toMatchObject({ unread: { mentions: 0 }, lastMessage: { isCollapsed: true } })
  expect(collapsedIn(elsewhere).flat()).not.toContain(true)
  await laptop.unmute(alice.id)
  await untilCollapsed(here, [
    [false, false],
    [false, false],
    [false, false],
  ])
})

test('blocked: nothing is said in the direct conversation, and his request is none, until it is taken back', async ({
  alice,
  bob,
  chat,
}) => {
  const id = await alice.openDirect(bob)
  await alice.send(id, 'hello')
  const his = chat(bob)
  const asked = (count: number) => until(his.requests, ({ conversations }) => conversations.length === count)
  await asked(1)
  await his.block(alice.id)
  await asked(0)
  expect(his.conversations.get().conversations).toEqual([])
  await until(his.conversation(id), (conversation) => conversation?.capabilities.includes('POST') === false)
  await his.unblock(alice.id)
  await asked(1)
  await until(his.conversation(id), (conversation) => conversation?.capabilities.includes('POST') === true)
})

test('what was blocked before is known at the start, and what was kept at the next one', async ({
  tenant,
  alice,
  bob,
  chat,
}) => {
  await mutate(bob, 'blockUser', { userId: alice.id })
  for (let n = 0; n < 101; n++) await mutate(bob, 'muteUser', { userId: (await tenant.user(`noise${n}`)).id })
  const storage = memoryStorage()
  const his = chat(bob, { storage })
  await until(his.avoided, ({ blocked, muted }) => blocked.has(alice.id) && muted.size === 101)
  await his.close()
  const again = chat(bob, { storage })
  await until(again.avoided, ({ blocked, muted }) => blocked.has(alice.id) && muted.size === 101)
  await expect(again.block(bob.id)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  expect(again.avoided.get().blocked.has(bob.id)).toBe(false)
})
