/** What cannot be reported, and by whom not: typed, and nothing is stored of it. */
import { describe, expect } from 'vitest'
import { createActor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { casesOf, reportMessage, reportsOf, reportUser } from './support/reporting.ts'
import { test } from './support/test-app.ts'

describe('bad input', () => {
  test('oneself, no comment where there must be one, an over-long one, what is deleted', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const { id } = await bob.send(conversation, 'hello')
    expect(await reportMessage(bob, id)).toMatchObject({ __typename: 'InvalidInput' })
    expect(await reportUser(alice, alice)).toMatchObject({ __typename: 'InvalidInput' })
    expect(await reportMessage(alice, id, { reason: 'OTHER' })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await reportMessage(alice, id, { comment: ' ' })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await reportMessage(alice, id, { comment: 'x'.repeat(1_001) })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await reportMessage(alice, id, { reason: 'OTHER', comment: 'odd' })).toMatchObject({
      __typename: 'ReportMessagePayload',
    })
    await mutate(bob, 'deleteMessage', { messageId: id, for: 'EVERYBODY' })
    expect(await reportMessage(alice, id, { reason: 'SCAM' })).toMatchObject({ __typename: 'StaleWrite' })
  })

  test('what he may not know of, of another tenant, nobody, an erased user; nothing is stored of it', async ({
    app,
    tenant,
    alice,
    bob,
    mallory,
    stranger,
  }) => {
    const { id } = await bob.send(await alice.begin([bob]), 'hello')
    for (const actor of [mallory, stranger])
      expect(await reportMessage(actor, id)).toMatchObject({ __typename: 'NotFound' })
    expect(await reportUser(stranger, bob)).toMatchObject({ __typename: 'NotFound' })
    expect(await reportUser(alice, { id: 'usr_none' })).toMatchObject({ __typename: 'NotFound' })
    await mutate(tenant.backEnd, 'eraseUser', { userId: mallory.id, confirmExternalId: 'mallory' })
    expect(await reportUser(alice, mallory)).toMatchObject({ __typename: 'NotFound' })
    expect(await casesOf(app, tenant)).toEqual([])
    expect(await reportsOf(app, tenant)).toEqual([])
  })

  test('a guest reports whom and what he sees, and nobody else', async ({
    app: { url },
    sockets,
    tenant,
    alice,
    bob,
    mallory,
  }) => {
    const conversationId = await alice.begin([bob])
    const { id } = await bob.send(conversationId, 'hello')
    const made = await mutate(tenant.backEnd, 'createGuest', { conversationId, name: 'Gast', ttlSeconds: 600 }, 'token')
    const guest = createActor({ id: '', externalId: '', token: made.token as string }, { url, adopt: sockets.adopt })
    expect(await reportMessage(guest, id)).toMatchObject({ __typename: 'ReportMessagePayload' })
    expect(await reportUser(guest, bob)).toMatchObject({ __typename: 'ReportUserPayload' })
    expect(await reportUser(guest, mallory)).toMatchObject({ __typename: 'NotFound' })
  })

  test('too many: five in five seconds', async ({ newTenant }) => {
    const tenant = await newTenant({ reportsPer5Seconds: 2 })
    const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
    const answers = []
    for (const reason of ['SPAM', 'SCAM', 'HATE']) answers.push((await reportUser(alice, bob, { reason })).__typename)
    expect(answers).toEqual(['ReportUserPayload', 'ReportUserPayload', 'RateLimited'])
  })
})
