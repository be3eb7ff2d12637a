/** Reports: what is kept, how they become one case, and that nobody but the operator learns of them. */
import { describe, expect } from 'vitest'
import { decodeId } from '../src/lib/ids.ts'
import type { ShownMessage } from '../src/moderation/evidence.ts'
import { mutate } from './support/mutate.ts'
import { casesOf, evidenceOf, reportMessage, reportsOf, reportUser, uuid } from './support/reporting.ts'
import { test } from './support/test-app.ts'
import { upload } from './support/upload.ts'

describe('a reported message', () => {
  test('is kept as it was shown, with what was said around it, whatever becomes of it', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob], { title: 'The yard' })
    for (let n = 0; n < 8; n++) await alice.send(conversation, `before ${n}`)
    const file = await upload(bob, { name: 'bad.txt', content: 'bad' })
    const { id } = await bob.send(conversation, 'bad @Alice', {
      metadata: { app: 'one' },
      mentions: [{ kind: 'USER', userId: alice.id, start: 4, length: 6 }],
      attachmentIds: [file],
    })
    await mutate(bob, 'editMessage', {
      messageId: id,
      text: 'worse @Alice',
      mentions: [{ kind: 'USER', userId: alice.id, start: 6, length: 6 }],
    })
    for (let n = 0; n < 8; n++) await alice.send(conversation, `after ${n}`)
    expect(await reportMessage(alice, id, { comment: 'look at it' })).toEqual({
      __typename: 'ReportMessagePayload',
      report: { reason: 'SPAM', createdAt: expect.any(String) },
    })
    await mutate(bob, 'deleteMessage', { messageId: id, for: 'EVERYBODY' })
    await mutate(bob, 'updateProfile', { name: 'Somebody else' })

    expect(await casesOf(app, tenant)).toMatchObject([
      {
        subjectKind: 'MESSAGE',
        subjectId: uuid(id),
        userId: uuid(bob.id),
        reason: 'SPAM',
        reportCount: 1,
        state: 'OPEN',
      },
    ])
    expect(await reportsOf(app, tenant)).toMatchObject([{ reporterId: uuid(alice.id), comment: 'look at it' }])
    const kept = await evidenceOf(app, tenant)
    expect(kept.map(({ content }) => (content as unknown as ShownMessage).text)).toEqual([
      ...[3, 4, 5, 6, 7].map((n) => `before ${n}`),
      'worse @Alice',
      ...[0, 1, 2, 3, 4].map((n) => `after ${n}`),
    ])
    const [reported, ...more] = kept.filter(({ isReported }) => isReported)
    expect(more).toEqual([])
    expect(reported).toMatchObject({
      subjectId: uuid(id),
      revision: 1,
      authorId: uuid(bob.id),
      isHeld: false,
      content: {
        metadata: { app: 'one' },
        mentions: [{ userId: uuid(alice.id), start: 6 }],
        author: { name: 'Bob' },
        conversation: { title: 'The yard', kind: 'GROUP' },
        attachments: [{ id: decodeId('file', file), name: 'bad.txt', contentType: 'text/plain', bytes: 3 }],
        revisions: [{ revision: 0, text: 'bad @Alice' }],
      },
    })
  })

  test('is kept as its reporter sees what is around it: not what is not for him', async ({
    app,
    tenant,
    alice,
    bob,
    carol,
  }) => {
    const input = { kind: 'CHANNEL', title: 'Late', history: 'FROM_JOIN', memberIds: [bob.id] }
    const { conversation } = await mutate(alice, 'createConversation', input, 'conversation { id }')
    const { id: conversationId } = conversation as { id: string }
    await bob.send(conversationId, 'before her time')
    await alice.add(conversationId, carol)
    const { id: own } = await bob.send(conversationId, 'gone for her')
    await mutate(carol, 'deleteMessage', { messageId: own, for: 'ME' })
    const { id: gone } = await bob.send(conversationId, 'gone for all')
    await mutate(bob, 'deleteMessage', { messageId: gone, for: 'EVERYBODY' })
    const { id } = await bob.send(conversationId, 'this')
    expect(await reportMessage(carol, id)).toMatchObject({ __typename: 'ReportMessagePayload' })
    const kept = await evidenceOf(app, tenant)
    expect(kept.map(({ content }) => (content as unknown as ShownMessage).text)).toEqual(['this'])
  })

  test('is kept also when its reporter takes it away from himself meanwhile', async ({ app, tenant, alice, bob }) => {
    const { id } = await bob.send(await alice.begin([bob]), 'this')
    const [message] = await app.parts.history.byIds(tenant.uuid, [uuid(id)])
    const [conversation] = await app.parts.conversations.byIds(tenant.uuid, [message?.conversationId ?? ''])
    if (!message || !conversation) throw new Error('it is not there')
    const seen = { userId: uuid(alice.id), from: 1 }
    await mutate(alice, 'deleteMessage', { messageId: id, for: 'ME' })
    const reporting = { tenantId: tenant.uuid, reporterId: seen.userId, reason: 'HATE', comment: null } as const
    const request = { tenantId: tenant.uuid, actorId: null, streams: [conversation.id], once: null }
    await app.parts.append.change(request, (changing) =>
      app.parts.reports.ofMessage(changing, reporting, { message, conversation, seen }),
    )
    expect(await evidenceOf(app, tenant)).toMatchObject([{ isReported: true, content: { text: 'this' } }])
  })

  test('is one case for each reason, in which a reporter counts once, and is kept once a revision', async ({
    app,
    tenant,
    alice,
    bob,
    carol,
  }) => {
    const conversation = await alice.begin([bob, carol])
    const { id } = await bob.send(conversation, 'buy this')
    const [first, again] = [await reportMessage(alice, id), await reportMessage(alice, id, { comment: 'still' })]
    expect(again).toEqual(first)
    await reportMessage(carol, id)
    await reportMessage(carol, id, { reason: 'SCAM' })
    expect((await casesOf(app, tenant)).map(({ reason, reportCount }) => [reason, reportCount])).toEqual([
      ['SPAM', 2],
      ['SCAM', 1],
    ])
    expect(await evidenceOf(app, tenant)).toHaveLength(2)
    expect(await reportsOf(app, tenant)).toMatchObject([{ comment: null }, { comment: null }, { comment: null }])
    await mutate(bob, 'editMessage', { messageId: id, text: 'buy that' })
    const dora = await tenant.user('dora')
    await alice.add(conversation, dora)
    await reportMessage(dora, id)
    const [spam] = await casesOf(app, tenant)
    expect(spam?.reportCount).toBe(3)
    const revisions = await app.db.evidence.findMany({
      where: { caseId: spam?.id ?? '' },
      orderBy: { revision: 'asc' },
    })
    expect(revisions.map(({ revision }) => revision)).toEqual([0, 1])
  })

  test('is counted exactly by many at once', { timeout: 60_000 }, async ({ app, tenant, alice }) => {
    const reporters = await Promise.all(Array.from({ length: 60 }, (_, n) => tenant.user(`reporter-${n}`)))
    const conversation = await alice.begin(reporters)
    const { id } = await alice.send(conversation, 'hated by all')
    const answers = await Promise.all([...reporters, ...reporters].map((each) => reportMessage(each, id)))
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['ReportMessagePayload']))
    expect(await casesOf(app, tenant)).toMatchObject([{ reportCount: 60 }])
    expect(await evidenceOf(app, tenant)).toHaveLength(1)
  })

  test('may be in a direct conversation, of who is blocked, of the system; seen by a guest', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const [direct, conversationId] = [await bob.openDirect(alice), await alice.begin([bob])]
    const { id } = await bob.send(direct, 'hello')
    await mutate(alice, 'blockUser', { userId: bob.id })
    expect(await reportMessage(alice, id)).toMatchObject({ __typename: 'ReportMessagePayload' })
    const said = { conversationId, text: 'from the system', clientMessageId: 'system' }
    const { message } = await mutate(tenant.backEnd, 'sendMessage', said, 'message { id }')
    expect(await reportMessage(alice, (message as { id: string }).id)).toMatchObject({
      __typename: 'ReportMessagePayload',
    })
    expect(await casesOf(app, tenant)).toMatchObject([{ userId: uuid(bob.id) }, { userId: null }])
  })

  test('is told to nobody: not by an event, not by what the reported may do', async ({ alice, bob, carol }) => {
    const conversation = await alice.begin([bob, carol])
    const { id } = await bob.send(conversation, 'hello')
    const readers = await Promise.all([alice, bob, carol].flatMap((each) => [each.listen(conversation), each.feed()]))
    await reportMessage(alice, id)
    await reportUser(alice, bob)
    await bob.send(conversation, 'the last')
    for (const reader of readers) {
      await reader.next((event) => 'message' in event && event.message?.text === 'the last')
      expect(new Set(reader.events.map(({ __typename }) => __typename))).toEqual(new Set(['Subscribed', 'MessageSent']))
    }
    expect(await mutate(bob, 'editMessage', { messageId: id, text: 'still mine' })).toMatchObject({
      __typename: 'EditMessagePayload',
    })
  })
})

describe('a reported user', () => {
  test('is kept as he is, one case a reason', async ({ app, tenant, alice, bob, carol }) => {
    await mutate(bob, 'updateProfile', { bio: 'I am Alice' })
    const first = await reportUser(alice, bob, { reason: 'IMPERSONATION' })
    expect(first).toMatchObject({ __typename: 'ReportUserPayload', report: { reason: 'IMPERSONATION' } })
    await mutate(bob, 'updateProfile', { bio: 'I am Bob' })
    await reportUser(carol, bob, { reason: 'IMPERSONATION' })
    expect(await casesOf(app, tenant)).toMatchObject([
      { subjectKind: 'USER', subjectId: uuid(bob.id), userId: uuid(bob.id), reportCount: 2 },
    ])
    expect(await evidenceOf(app, tenant)).toMatchObject([{ content: { name: 'Bob', bio: 'I am Alice' } }])
  })
})

test('the reasons are told, in their order', async ({ alice }) => {
  const { reportReasons } = await alice.ask<{ reportReasons: object[] }>(
    '{ reportReasons { reason title description needsComment } }',
  )
  expect(reportReasons).toHaveLength(10)
  expect(reportReasons.at(-1)).toMatchObject({ reason: 'OTHER', needsComment: true })
})

test('of an ordinary case an erased user is gone, and so is what he said as a reporter; he stays counted', {
  timeout: 60_000,
}, async ({ app, tenant, alice, bob, carol }) => {
  const conversation = await alice.begin([bob, carol])
  await carol.send(conversation, 'of Carol')
  const { id } = await bob.send(conversation, 'of Bob')
  await reportMessage(alice, id, { comment: 'of Alice' })
  for (const { id: userId, externalId: confirmExternalId } of [alice, bob]) {
    await mutate(tenant.backEnd, 'eraseUser', { userId, confirmExternalId })
    const user = { tenantId: tenant.uuid, userId: uuid(userId) }
    await expect
      .poll(async () => (await app.parts.erasures.byUser(user))?.finishedAt, { timeout: 50_000, interval: 200 })
      .toBeTruthy()
  }
  expect(await casesOf(app, tenant)).toMatchObject([{ reportCount: 1, userId: uuid(bob.id) }])
  expect(await reportsOf(app, tenant)).toMatchObject([{ comment: null }])
  const kept = await evidenceOf(app, tenant)
  expect(kept.map(({ content }) => (content as unknown as ShownMessage | null)?.text ?? null)).toEqual([
    'of Carol',
    null,
  ])
})
