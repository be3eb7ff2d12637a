/** Who is erased is nobody: nothing that he was or said is found anywhere, and what others said stays. */
import { describe, expect } from 'vitest'

import { leftOut } from '../src/accounts/exported.ts'
import { type PersonalTables, personalData } from '../src/accounts/personal-data.ts'
import type { App } from '../src/app.ts'
import { decodeId, newUuid } from '../src/lib/ids.ts'
import { createLog } from '../src/log.ts'
import { createActor } from './support/actor.ts'
import { ERASURE, erase, finished, type ShownErasure } from './support/erasing.ts'
import { exported, readyExport } from './support/exporting.ts'
import { markedColumns, markedObjects } from './support/markers.ts'
import { mutate } from './support/mutate.ts'
import { test as base, startTestApp } from './support/test-app.ts'
import { rowsOf } from './support/unzip.ts'
import { createUpload, put, upload } from './support/upload.ts'

const logged: string[] = []

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
const test = base.extend('app', { scope: 'file' }, async ({}, { onCleanup }): Promise<App> => {
  const logger = createLog('debug', { write: (line) => void logged.push(line) })
  const { app, opened } = await startTestApp(undefined, {}, logger)
  onCleanup(() => opened.disposeAsync())
  return app
})

/** These are of a kind that holds no word. */
const WORDLESS = [
  ...[
    'message.mentions',
    'message_revision.mentions',
    'reaction.emoji',
    'sent.payload_hash',
    'mutation_done.payload_hash',
    'mutation_done.result',
  ],
  ...['connection.address', 'connection.token_hash', 'signed_out_token.token_hash'],
  ...[
    'user.status_emoji',
    'user.status_expires_at',
    'user.last_seen_at',
    'user.role',
    'attachment.state',
    'attachment.remove_at',
    'membership.pin_order',
    'membership.muted_until',
    'membership.hidden_seq',
    'export.place',
  ],
]

/** By what the list calls personal: a column that is added there is planted here, or this fails. */
const toPlant = Object.entries(personalData as PersonalTables).flatMap(([table, { columns }]) =>
  Object.entries(columns).flatMap(([column, kind]) =>
    (kind === 'PERSONAL' || typeof kind === 'object') && !WORDLESS.includes(`${table}.${column}`)
      ? `${table}.${column}`
      : [],
  ),
)

const isLeftOut = (column: string) => column in leftOut || column.replace(/\..*/, '') in leftOut

describe('an erased user', () => {
  test('is found nowhere: in no table, in no object that is stored, and in no line that was logged', {
    timeout: 120_000,
  }, async ({ app, tenant, alice }) => {
    const word = 'zanzibar'
    const user = await tenant.user(`${word}-id`)
    const avatarUrl = `https://example.com/${word}.png`
    await mutate(tenant.backEnd, 'upsertUsers', {
      users: [{ externalId: user.externalId, name: `${word} given`, avatarUrl }],
    })
    await mutate(user, 'updateProfile', { name: word, bio: word, clientMutationId: word })
    await mutate(user, 'setStatus', { text: word, emoji: '🌴', expiresAt: '2099-01-01T00:00:00.000Z' })
    const conversationId = await user.begin([alice])
    const question = await alice.send(conversationId, 'who are you?')
    const more = {
      metadata: { note: word },
      clientMessageId: `${word} 1`,
      mentions: [{ kind: 'USER' as const, userId: alice.id, start: 0, length: 3 }],
    }
    const said = await user.send(conversationId, `I am ${word}`, more)
    await mutate(user, 'editMessage', { messageId: said.id, text: `${word}, as I said`, metadata: { note: word } })
    const answer = await alice.send(conversationId, 'pleased to meet you', { replyToId: said.id })
    await mutate(user, 'addReaction', { messageId: question.id, emoji: '👍' })
    await mutate(user, 'pinConversation', { conversationId, order: 1 })
    await streamAs(app.url, user.token, word)
    const slow = await alice.begin([user])
    await mutate(alice, 'updateConversation', { conversationId: slow, slowModeSeconds: 1 })
    const file = { name: `${word}.txt`, content: `a file of ${word}` }
    await user.send(slow, word, { clientMessageId: `${word} slow`, attachmentIds: [await upload(user, file)] })
    await upload(user, { ...file, content: `never sent by ${word}` })
    await put(await createUpload(user, file), file.content)
    const until = '2099-01-01T00:00:00.000Z'
    await mutate(alice, 'timeoutMember', { conversationId: slow, userId: user.id, reason: word, until })
    const ownerId = decodeId('usr', user.id) ?? ''
    const ban = { tenantId: tenant.uuid, userId: ownerId, actorId: newUuid(), at: new Date(0), until: new Date(0) }
    await app.db.userBan.create({ data: { ...ban, reason: word } })
    const dueAt = new Date(Date.now() + 3_600_000)
    await mutate(user, 'scheduleMessage', { conversationId, text: word, dueAt })
    await app.db.scheduledMessage.updateMany({ where: { authorId: ownerId }, data: { failureExplanation: word } })
    await mutate(alice, 'reportMessage', { messageId: said.id, reason: 'SPAM' })
    await mutate(user, 'reportUser', { userId: alice.id, reason: 'OTHER', comment: word })

    const archive = await exported(user)
    const given = toPlant.filter((column) => !isLeftOut(column))
    const shows = (column: string) => {
      const [table = '', name = ''] = column.split('.')
      return rowsOf(archive, table).some((row) => JSON.stringify(row[name] ?? null).includes(word))
    }
    expect(given.filter((column) => !shows(column))).toEqual([])
    const { url } = await readyExport(user)

    const objects = await markedObjects(app.parts.objects, word)
    // Two files that were looked at and one that was not; of the export the two that it gives, and a part of each table.
    expect(objects.filter((key) => !key.includes('/exports/'))).toHaveLength(3)
    expect(objects.filter((key) => key.includes('/exports/')).length).toBeGreaterThan(5)
    const before = await markedColumns(app.db, word)
    expect(Object.keys(before).filter((column) => !toPlant.includes(column))).toEqual([])
    expect(toPlant.filter((column) => !(column in before))).toEqual([])

    const { id } = await erase(tenant, user)
    expect((await fetch(url ?? '')).status).toBe(404)
    const receipt = await finished(tenant, id)
    // A worker that is at it just now has taken what another one would find.
    await app.drainWorkers()
    await expect.poll(() => markedObjects(app.parts.objects, word), { timeout: 20_000 }).toEqual([])
    expect(await markedColumns(app.db, word)).toEqual({})
    expect(logged.filter((line) => line.includes(word))).toEqual([])
    expect(receipt).toMatchObject({
      user: 1,
      message: 2,
      reaction: 1,
      sent: 2,
      membership: 1,
      connection: 1,
      mutation_done: 1,
      attachment: 3,
      export: 1,
      object: expect.any(Number),
    })

    const { edges } = await alice.history(conversationId, { first: 10 })
    expect(edges.map(({ node }) => node.text)).toEqual(['who are you?', '', 'pleased to meet you'])
    const query = `{ reply: node(id: "${answer.id}") { ... on Message { text replyTo { text deletedAt author { name isErased } } } }
      question: node(id: "${question.id}") { ... on Message { reactions { emoji } } } conversation(id: "${conversationId}") { memberCount viewerMembership { role } } }`
    expect(await alice.ask(query)).toMatchObject({
      reply: { text: 'pleased to meet you', replyTo: { text: '', author: { name: 'Deleted user', isErased: true } } },
      question: { reactions: [] },
      conversation: { memberCount: 1, viewerMembership: { role: 'OWNER' } },
    })
  })

  test('is told of to those who listen, as whatever is deleted is', async ({ tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const said = await bob.send(conversationId, 'soon gone')
    const reader = await alice.listen(conversationId)
    await erase(tenant, bob)
    const deleted = await reader.next(({ __typename }) => __typename === 'MessageDeleted')
    expect(deleted).toMatchObject({ message: { id: said.id, text: '' } })
  })

  test('is nobody at once: signed out, taken in nowhere, and made anew by no token of before', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const socket = await bob.socket()
    const { token } = bob
    const named = await bob.ask<{ viewer: { user: { externalId: string } } }>('{ viewer { user { externalId } } }')
    const input = { confirmExternalId: named.viewer.user.externalId }
    const { erasure } = await mutate(bob, 'eraseMe', input, `erasure { ${ERASURE} }`)
    expect((await socket.closed).code).toBe(4403)
    const before = await app.db.user.count({ where: { tenantId: tenant.uuid } })
    await expect(createActor({ ...bob, token }, { url: app.url, adopt: () => {} }).socket()).rejects.toThrow('erased')
    expect(await app.db.user.count({ where: { tenantId: tenant.uuid } })).toBe(before)
    expect(await mutate(alice, 'openDirectConversation', { userId: bob.id })).toMatchObject({ __typename: 'NotFound' })
    const again = await tenant.user('bob')
    expect(again.id).not.toBe(bob.id)
    await (await again.socket()).roundTrip()
    await finished(tenant, (erasure as ShownErasure).id)
  })

  test('may be erased while another one of the same conversation is: both are nobody, and the third has it', async ({
    tenant,
    alice,
    bob,
    carol,
  }) => {
    const conversationId = await alice.begin([bob, carol])
    for (const each of [alice, bob, carol]) await each.send(conversationId, each.externalId)
    const erasures = await Promise.all([alice, bob].map((each) => erase(tenant, each)))
    await Promise.all(erasures.map(({ id }) => finished(tenant, id)))
    const { edges } = await carol.history(conversationId, { first: 10 })
    expect(edges.map(({ node }) => node.text)).toEqual(['', '', 'carol'])
    const own = `{ conversation(id: "${conversationId}") { memberCount viewerMembership { role } } }`
    expect(await carol.ask(own)).toEqual({ conversation: { memberCount: 1, viewerMembership: { role: 'OWNER' } } })
  })

  test('is not erased by mistake, nor by who may not, nor of another tenant', async ({
    app,
    tenant,
    newTenant,
    alice,
    bob,
  }) => {
    expect(await mutate(alice, 'eraseMe', { confirmExternalId: 'Alice' })).toMatchObject({ __typename: 'InvalidInput' })
    const input = { userId: bob.id, confirmExternalId: 'bob' }
    expect(await mutate(alice, 'eraseUser', input)).toMatchObject({ __typename: 'Forbidden' })
    expect(await mutate((await newTenant()).backEnd, 'eraseUser', input)).toMatchObject({ __typename: 'NotFound' })
    expect(await mutate(tenant.backEnd, 'eraseUser', { ...input, confirmExternalId: 'alice' })).toMatchObject({
      __typename: 'InvalidInput',
    })
    expect(await app.db.erasure.count({ where: { tenantId: tenant.uuid } })).toBe(0)
  })

  test('hands on what he alone owned to the highest of the others', async ({ tenant, alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    await mutate(alice, 'setMemberRole', { conversationId, userId: carol.id, role: 'MANAGER' })
    await finished(tenant, (await erase(tenant, alice)).id)
    const own = `{ conversation(id: "${conversationId}") { viewerMembership { role } } }`
    expect(await Promise.all([bob, carol].map((each) => each.ask(own)))).toEqual([
      { conversation: { viewerMembership: { role: 'MEMBER' } } },
      { conversation: { viewerMembership: { role: 'OWNER' } } },
    ])
  })
})

async function streamAs(url: string, token: string, userAgent: string): Promise<void> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}`, 'user-agent': userAgent }
  const query = encodeURIComponent('subscription { feed { __typename } }')
  const stopping = new AbortController()
  const response = await fetch(`${url}/graphql/stream?query=${query}`, { headers, signal: stopping.signal })
  await response.body?.getReader().read()
  const own = createActor({ id: '', externalId: '', token }, { url, adopt: () => {} })
  await own.ask('{ viewer { connections { id } } }') // written by then
  stopping.abort()
}
