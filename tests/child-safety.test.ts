/** Danger to a child: hidden at once from everybody, kept whatever becomes of its author, told to the operator, and looked at by nobody unseen. */
import { buffer } from 'node:stream/consumers'
import { describe, expect } from 'vitest'
import type { App } from '../src/app.ts'
import { heldKeysOf } from '../src/files/keys.ts'
import { decodeId } from '../src/lib/ids.ts'
import type { ShownMessage } from '../src/moderation/evidence.ts'
import type { Actor } from './support/actor.ts'
import { markedColumns } from './support/markers.ts'
import { mutate } from './support/mutate.ts'
import { casesOf, evidenceOf, reportMessage, reportUser, uuid } from './support/reporting.ts'
import { type TestTenant, test } from './support/test-app.ts'
import { filesOf, upload } from './support/upload.ts'

const CHILD_SAFETY = { reason: 'CHILD_SAFETY' }
const READER = { operator: 'olga', why: 'asked by the police' }
const PATIENCE = { timeout: 30_000, interval: 100 }

/** Objects below a key, by what is in them. */
async function contentBelow({ parts: { objects } }: App, prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const key of objects.list(prefix)) {
    const content = await objects.read(key)
    if (content) found.push(String(await buffer(content)))
  }
  return found
}

async function erased(app: App, tenant: TestTenant, { id: userId, externalId }: Actor) {
  await mutate(tenant.backEnd, 'eraseUser', { userId, confirmExternalId: externalId })
  const name = { tenantId: tenant.uuid, userId: uuid(userId) }
  await expect
    .poll(async () => (await app.parts.erasures.byUser(name))?.finishedAt, { ...PATIENCE, timeout: 60_000 })
    .toBeTruthy()
  return (await app.parts.erasures.byUser(name))?.receipt
}

async function openCase(app: App, tenant: TestTenant) {
  const [found] = await casesOf(app, tenant)
  if (!found) throw new Error('there is no case')
  return { ...found, name: { tenantId: found.tenantId, caseId: found.id } }
}

describe('a message that is reported as danger to a child', () => {
  test('is a deleted one for everybody at once, wherever it is read, its files too', async ({
    app,
    tenant,
    alice,
    bob,
    carol,
  }) => {
    const conversation = await alice.begin([bob, carol])
    const file = await upload(bob, { name: 'horrid.txt', content: 'horrid content' })
    const { id } = await bob.send(conversation, 'horrid', { attachmentIds: [file], metadata: { a: 'horrid' } })
    await mutate(bob, 'editMessage', { messageId: id, text: 'horrid indeed' })
    await mutate(carol, 'addReaction', { messageId: id, emoji: '👍' })
    await mutate(carol, 'pinMessage', { messageId: id })
    const quote = await carol.send(conversation, 'what?', { replyToId: id })
    const reply = await alice.send(conversation, 'in its thread', { threadId: id })
    const [{ url } = { url: null }] = (await filesOf(alice, id)) ?? []
    const readers = await Promise.all([alice, bob, carol].flatMap((each) => [each.listen(conversation), each.feed()]))

    const report = () => reportMessage(alice, id, { ...CHILD_SAFETY, clientMutationId: 'once' })
    const answer = await report()
    expect(answer).toMatchObject({ __typename: 'ReportMessagePayload' })
    expect(await report()).toEqual(answer)

    for (const reader of readers) {
      const deleted = await reader.next(({ __typename }) => __typename === 'MessageDeleted')
      expect(deleted).toMatchObject({ message: { id, text: '' } })
    }
    const query = `{ node(id: "${id}") { ... on Message { text metadata deletedAt pinnedAt attachments { id } reactions { emoji } revisions { edges { node { text } } } } }
      quote: node(id: "${quote.id}") { ... on Message { replyTo { text } } } reply: node(id: "${reply.id}") { ... on Message { threadRoot { text } } }
      conversation(id: "${conversation}") { pinnedMessages { text } messages(first: 10) { edges { node { text } } } } }`
    for (const each of [alice, bob, carol]) {
      const shown = JSON.stringify(await each.ask(query))
      expect(shown).not.toContain('horrid')
      expect(shown).toContain('deletedAt')
    }
    await expect.poll(async () => (await fetch(url ?? '')).status, PATIENCE).toBe(404)
    expect(await contentBelow(app, heldKeysOf({ tenantId: tenant.uuid, id: decodeId('file', file) ?? '' }))).toContain(
      'horrid content',
    )
    expect(await reportMessage(carol, id, CHILD_SAFETY)).toMatchObject({ __typename: 'StaleWrite' })
    expect(await mutate(bob, 'editMessage', { messageId: id, text: 'again' })).toMatchObject({
      __typename: 'StaleWrite',
    })
    expect(await openCase(app, tenant)).toMatchObject({ urgency: 'URGENT', reportCount: 1, heldAt: expect.any(Date) })
  })

  test('is found in the evidence and nowhere else, also when its author is erased; who looks is noted', {
    timeout: 120_000,
  }, async ({ app, tenant, alice }) => {
    const word = 'quagmire'
    const author = await tenant.user(`${word}-id`)
    const conversation = await alice.begin([author])
    const file = await upload(author, { name: `${word}.txt`, content: word })
    const { id } = await author.send(conversation, `${word} text`, { attachmentIds: [file], clientMessageId: word })
    await reportMessage(alice, id, CHILD_SAFETY)
    const receipt = await erased(app, tenant, author)
    expect(receipt).toMatchObject({ message: 1, legal_hold: 1 })
    expect(Object.keys(await markedColumns(app.db, word))).toEqual(['evidence.content'])

    const { name } = await openCase(app, tenant)
    const held = heldKeysOf({ tenantId: tenant.uuid, id: decodeId('file', file) ?? '' })
    await expect.poll(() => contentBelow(app, held), PATIENCE).toContain(word)
    await app.drainWorkers()
    expect(await contentBelow(app, held)).toContain(word)
    const shown = await app.parts.cases.show(name.caseId, READER, 10)
    expect(shown?.evidence.map(({ content }) => (content as unknown as ShownMessage).text)).toEqual([`${word} text`])
    expect(await app.parts.cases.accesses(name, 10)).toMatchObject([{ ...READER, action: 'SHOWN' }])

    expect(await app.parts.cases.release(name, READER, { isRestored: false })).toBe(true)
    expect(await markedColumns(app.db, word)).toEqual({})
    await expect.poll(() => contentBelow(app, held), PATIENCE).toEqual([])
    expect(await app.parts.cases.release(name, READER, { isRestored: false })).toBe(false)
    expect(await app.parts.cases.accesses(name, 10)).toMatchObject([{ action: 'SHOWN' }, { action: 'RELEASED' }])
    expect(await app.parts.cases.open(10)).not.toContainEqual(expect.objectContaining({ id: name.caseId }))
  })

  test('comes back as it was when nothing is found in it, to those who listen, too', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob])
    const root = await alice.send(conversation, 'the root')
    const file = await upload(bob, { name: 'a.txt', content: 'harmless' })
    const { id } = await bob.send(conversation, 'hi', { attachmentIds: [file], threadId: root.id, metadata: { a: 1 } })
    await mutate(bob, 'editMessage', {
      messageId: id,
      text: '@Alice, hi',
      mentions: [{ kind: 'USER', userId: alice.id, start: 0, length: 6 }],
    })
    const query = `{ node(id: "${id}") { ... on Message { text metadata mentions { start user { id } } deletedAt revision attachments { name } revisions { edges { node { text revision } } } } }
      root: node(id: "${root.id}") { ... on Message { thread { replyCount } } } viewer { unread { mentions replies } } }`
    const before = await alice.ask(query)
    const reader = await bob.listen(conversation)
    await reportMessage(alice, id, CHILD_SAFETY)
    await reader.next(({ __typename }) => __typename === 'MessageDeleted')
    const { name } = await openCase(app, tenant)
    expect(await app.parts.cases.release(name, READER, { isRestored: true })).toBe(true)
    const back = await reader.next(({ __typename }) => __typename === 'MessageEdited')
    expect(back).toMatchObject({ message: { id, text: '@Alice, hi' } })
    expect(await alice.ask(query)).toEqual(before)
    const [{ url } = { url: null }] = (await filesOf(alice, id)) ?? []
    await expect.poll(async () => (await fetch(url ?? '')).text(), PATIENCE).toBe('harmless')
  })

  test('is hidden so often an hour by one user, and no more', async ({ newTenant }) => {
    const tenant = await newTenant({ urgentReportsPerHour: 1 })
    const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
    const conversation = await alice.begin([bob])
    const [one, other] = [await bob.send(conversation, 'one'), await bob.send(conversation, 'other')]
    expect(await reportMessage(alice, one.id, CHILD_SAFETY)).toMatchObject({ __typename: 'ReportMessagePayload' })
    expect(await reportMessage(alice, other.id, CHILD_SAFETY)).toMatchObject({ __typename: 'RateLimited' })
    expect(await reportMessage(alice, other.id)).toMatchObject({ __typename: 'ReportMessagePayload' })
  })
})

test('of a user who is reported so what he was is kept under hold, and he goes on', { timeout: 90_000 }, async ({
  app,
  tenant,
  alice,
  bob,
}) => {
  const conversation = await alice.begin([bob])
  await reportUser(alice, bob, CHILD_SAFETY)
  await bob.send(conversation, 'still here')
  expect(await erased(app, tenant, bob)).toMatchObject({ legal_hold: 1 })
  expect(await evidenceOf(app, tenant)).toMatchObject([{ isHeld: true, content: { name: 'Bob', externalId: 'bob' } }])
})
