import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { type Report, typingFor } from './support/overheard.ts'
import { test as base, startTestApp } from './support/test-app.ts'

/** Asked when the first begins to listen to a conversation. */
let expireMs = 60_000
const typingPace = {
  sayMs: 0,
  get expireMs() {
    return expireMs
  },
}
const pace = { everyMs: 10, leaveMs: () => 10, typing: typingPace }

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('app', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { app, opened } = await startTestApp({ pace })
    onCleanup(() => opened.disposeAsync())
    return app
  })

const type = (actor: Actor, conversationId: string, isTyping = true) =>
  mutate(actor, 'setTyping', { conversationId, isTyping }, 'conversationId shownUntil')
const listing =
  (...names: string[]) =>
  ({ users = [] }: Report) =>
    users.map(({ externalId }) => externalId).join() === names.join()

describe('typing', () => {
  test('shows all who type, until they stop or send', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const { next } = await typingFor(alice, conversationId)
    expect(await next()).toEqual({ __typename: 'TypingMembers', shown: true, users: [] })
    expect(await type(bob, conversationId)).toMatchObject({ conversationId, shownUntil: expect.any(String) })
    await next(listing('bob'))
    await type(carol, conversationId)
    await next(listing('bob', 'carol'))
    expect(await type(bob, conversationId, false)).toMatchObject({ shownUntil: null })
    await next(listing('carol'))
    await carol.send(conversationId, 'done')
    await next(listing())
  })

  test('is over when it is not said again', async ({ alice, bob }) => {
    expireMs = 300
    const conversationId = await alice.begin([bob])
    const { next } = await typingFor(alice, conversationId)
    await next()
    expireMs = 60_000
    await type(bob, conversationId)
    await next(listing('bob'))
    await next(listing())
  })

  test('is shown to who begins to listen, and ends with the membership of who types', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const { next } = await typingFor(alice, conversationId)
    await next()
    await type(bob, conversationId)
    await next(listing('bob'))
    expect((await (await typingFor(carol, conversationId)).next()).users).toEqual([{ externalId: 'bob' }])
    await alice.remove(conversationId, bob)
    await next(listing())
  })

  test('ends with AccessRevoked for a listener who is removed, while the others go on', async ({
    alice,
    bob,
    carol,
  }) => {
    const conversationId = await alice.begin([bob, carol])
    const [hers, his] = [await typingFor(carol, conversationId), await typingFor(bob, conversationId)]
    await his.next()
    await hers.next()
    await alice.remove(conversationId, bob)
    expect(await his.next(({ __typename }) => __typename === 'AccessRevoked')).toMatchObject({ conversationId })
    expect(await his.ended()).toMatchObject({ type: 'complete' })
    await type(alice, conversationId)
    await hers.next(listing('alice'))
    expect(his.rest()).toEqual([])
  })

  test('is for members who may post, and not shown in a broadcast', async ({ alice, bob, mallory, stranger }) => {
    const conversationId = await alice.begin([bob])
    for (const actor of [mallory, stranger]) {
      expect(await type(actor, conversationId)).toMatchObject({ __typename: 'NotFound' })
      expect(await (await typingFor(actor, conversationId)).refused()).toMatchObject({ code: 'NOT_FOUND' })
    }
    await mutate(alice, 'archiveConversation', { conversationId })
    expect(await type(bob, conversationId)).toMatchObject({ __typename: 'Forbidden' })
    const broadcast = await alice.begin([bob], { kind: 'BROADCAST' })
    for (const actor of [alice, bob]) expect(await type(actor, broadcast)).toMatchObject({ __typename: 'Forbidden' })
    expect(await (await typingFor(bob, broadcast)).next()).toMatchObject({ shown: false, users: [] })
  })

  test('is off while too many members are here', async ({ app, tenant, alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const settings = { limits: { typingMembersOnline: 1 } }
    await app.db.tenant.update({ where: { id: tenant.uuid }, data: { settings } })
    const limits = async () => (await alice.ask<{ limits: object }>('{ limits { typingMembersOnline } }')).limits
    await expect.poll(limits, { timeout: 20_000, interval: 500 }).toEqual({ typingMembersOnline: 1 })
    const { next } = await typingFor(alice, conversationId)
    expect(await next()).toMatchObject({ shown: true })
    const his = await bob.socket()
    expect(await next()).toMatchObject({ shown: false, users: [] })
    expect(await type(bob, conversationId)).toMatchObject({ __typename: 'SetTypingPayload', shownUntil: null })
    his.cut()
    expect(await next()).toMatchObject({ shown: true, users: [] })
    expect(await type(bob, conversationId)).toMatchObject({ shownUntil: expect.any(String) })
    await next(listing('bob'))
  })
})
