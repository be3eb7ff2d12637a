import { describe, expect } from 'vitest'
import { messageOf, say } from './support/asking.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const REVISIONS = 'text revision editedAt revisions { edges { node { revision text } } }'

describe('an edit', () => {
  test('shows the new text everywhere, and keeps all that was said before', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { id } = await alice.send(conversationId, 'frist')
    const reader = await bob.listen(conversationId)
    await bob.send(conversationId, 'what?', { replyToId: id })
    for (const text of ['first', 'First!'])
      expect(await mutate(alice, 'editMessage', { messageId: id, text }, 'message { text }')).toMatchObject({
        message: { text },
      })
    expect(await messageOf(bob, id, REVISIONS)).toMatchObject({
      text: 'First!',
      revision: 2,
      revisions: { edges: [{ node: { revision: 1, text: 'first' } }, { node: { revision: 0, text: 'frist' } }] },
    })
    const { edges } = await bob.history(conversationId)
    expect(edges.map(({ node }) => [node.text, node.replyTo?.text])).toEqual([
      ['First!', undefined],
      ['what?', 'First!'],
    ])
    expect(await reader.next(({ __typename }) => __typename === 'MessageEdited')).toMatchObject({ seq: 5 })
  })

  test('is the author’s alone, and only while the tenant allows it', async ({ app, tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { id } = await bob.send(conversationId, 'mine')
    expect(await mutate(alice, 'editMessage', { messageId: id, text: 'ours' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await messageOf(bob, id, 'capabilities')).toEqual({
      capabilities: ['REPLY', 'REACT', 'EDIT', 'DELETE', 'PIN'],
    })
    expect(await messageOf(alice, id, 'capabilities')).toEqual({ capabilities: ['REPLY', 'REACT', 'DELETE', 'PIN'] })
    await app.db.tenant.update({
      where: { id: tenant.uuid },
      data: { settings: { limits: { messageEditSeconds: 60 } } },
    })
    await app.db.message.updateMany({
      where: { tenantId: tenant.uuid },
      data: { createdAt: new Date(Date.now() - 61_000) },
    })
    await expect
      .poll(() => mutate(bob, 'editMessage', { messageId: id, text: 'late' }), { timeout: 20_000, interval: 500 })
      .toMatchObject({
        code: 'FORBIDDEN',
      })
  })

  test('of what was edited or deleted meanwhile is told so', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { id } = await alice.send(conversationId, 'one')
    const edit = (text: string, more: object = {}) => mutate(alice, 'editMessage', { messageId: id, text, ...more })
    expect(await edit('two', { expectedRevision: 0 })).toMatchObject({ __typename: 'EditMessagePayload' })
    expect(await edit('three', { expectedRevision: 0 })).toMatchObject({ __typename: 'StaleWrite' })
    await mutate(alice, 'deleteMessage', { messageId: id, for: 'EVERYBODY' })
    expect(await edit('four')).toMatchObject({ __typename: 'StaleWrite', explanation: 'The message has been deleted' })
  })
})

describe('a deletion', () => {
  test('for everybody leaves the place, and nothing of what was said, anywhere', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const secret = 'unwise words'
    const { id, seq } = await alice.send(conversationId, secret, { metadata: { secret } })
    await mutate(alice, 'editMessage', { messageId: id, text: `${secret}, again` })
    await mutate(bob, 'addReaction', { messageId: id, emoji: '👀' })
    await mutate(bob, 'pinMessage', { messageId: id })
    const answer = await bob.send(conversationId, 'hm', { replyToId: id })
    const deleted = await mutate(
      alice,
      'deleteMessage',
      { messageId: id, for: 'EVERYBODY' },
      `message { seq deletedAt ${REVISIONS} reactions { emoji } pinnedAt metadata }`,
    )
    expect(deleted).toMatchObject({
      message: { seq, text: '', metadata: null, reactions: [], pinnedAt: null, revisions: { edges: [] } },
    })
    expect(await messageOf(bob, answer.id, 'replyTo { text deletedAt }')).toMatchObject({ replyTo: { text: '' } })
    const replayed = await bob.feed()
    expect(JSON.stringify(replayed.events)).not.toContain(secret)
    const tables = await app.db.$queryRaw<
      { name: string }[]
    >`select tablename as name from pg_tables where schemaname = 'public'`
    for (const { name } of tables) {
      const rows = await app.db.$queryRawUnsafe<{ n: bigint }[]>(
        `select count(*) as n from "${name}" t where t::text like '%${secret}%'`,
      )
      expect([name, Number(rows[0]?.n)]).toEqual([name, 0])
    }
    expect(await mutate(alice, 'deleteMessage', { messageId: id, for: 'EVERYBODY' })).toMatchObject({
      __typename: 'DeleteMessagePayload',
    })
    expect(tenant.uuid).toBeTruthy()
  })

  test('for everybody is the author’s and the moderators’', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const { id } = await bob.send(conversationId, 'rude')
    const remove = { messageId: id, for: 'EVERYBODY' }
    expect(await mutate(carol, 'deleteMessage', remove)).toMatchObject({ code: 'FORBIDDEN' })
    await mutate(alice, 'setMemberRole', { conversationId, userId: carol.id, role: 'MODERATOR' })
    expect(await mutate(carol, 'deleteMessage', remove)).toMatchObject({ __typename: 'DeleteMessagePayload' })
  })

  test('for oneself is noticed by nobody else, and holds on all devices and in what comes later', async ({
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const { id } = await alice.send(conversationId, 'not for my eyes')
    const [device, hers] = [await bob.feed(), await alice.feed()]
    await mutate(bob, 'deleteMessage', { messageId: id, for: 'ME' })
    await device.next(({ __typename }) => __typename === 'MessageHidden')
    expect(await messageOf(bob, id, 'text')).toBeNull()
    expect((await bob.history(conversationId)).edges).toEqual([])
    expect(await messageOf(alice, id, 'text')).toEqual({ text: 'not for my eyes' })
    await mutate(alice, 'editMessage', { messageId: id, text: 'not for my eyes at all' })
    await device.next(({ __typename }) => __typename === 'MessageEdited')
    expect(JSON.stringify(device.events)).not.toContain('not for my eyes')
    await hers.next(({ __typename }) => __typename === 'MessageEdited')
    expect(hers.events.map(({ __typename }) => __typename)).toEqual(['Subscribed', 'MessageEdited'])
    const { id: answer } = await alice.send(conversationId, 'see above', { replyToId: id })
    expect(await messageOf(bob, answer, 'replyTo { text }')).toEqual({ replyTo: null })
    expect(await say(bob, conversationId, 'still here')).toMatchObject({ __typename: 'SendMessagePayload' })
  })
})
