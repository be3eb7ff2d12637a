/** What a tenant switches off is refused, by its name; what was made before stays; the next tenant notices nothing. */
import { describe, expect, test as plain } from 'vitest'
import { assigned } from '../scripts/tenant-settings.ts'
import { assertSettings } from '../src/accounts/tenant-settings.ts'
import { transaction } from '../src/db.ts'
import { type FeatureName, featureNames, featureOf } from '../src/features.ts'
import type { Actor, BackEnd } from './support/actor.ts'
import { freshDatabase } from './support/database.ts'
import { mutate } from './support/mutate.ts'
import { schema } from './support/printed-schema.ts'
import { runScript } from './support/script.ts'
import { createServerKey } from './support/server-process.ts'
import { test } from './support/test-app.ts'
import { createUpload } from './support/upload.ts'

const SHOWN = `{ limits { receiptMembers features { ${featureNames.join(' ')} } } }`
const featuresFor = async (actor: Actor) =>
  (await actor.ask<{ limits: { receiptMembers: number; features: Record<FeatureName, boolean> } }>(SHOWN)).limits

/** What is refused because of a feature. */
const refusal = (feature: FeatureName) => ({ __typename: 'Forbidden', code: 'FORBIDDEN', feature })

/** As `mutate`, with what the refusal names. */
async function tried(actor: Actor | BackEnd, name: string, input: object) {
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  const query = `mutation ($input: ${capital}Input!) { ${name}(input: $input) { __typename ... on ChatError { code } ... on Forbidden { feature } } }`
  return (await actor.ask<Record<string, object>>(query, { input }))[name]
}

async function channelOf(actor: Actor): Promise<string> {
  const input = { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] }
  const { conversation } = await mutate(actor, 'createConversation', input, 'conversation { id }')
  return (conversation as { id: string }).id
}

plain('each mutation that a feature names is one of the API', () => {
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {})
  const named = mutations.filter((name) => featureOf(name) !== undefined)
  expect(named.toSorted()).toEqual(
    [
      'acceptInvite',
      'addReaction',
      'createGuest',
      'createInvite',
      'createUpload',
      'exportMyData',
      'joinConversation',
      'rescheduleMessage',
      'scheduleMessage',
    ].toSorted(),
  )
})

describe('what is off', () => {
  test('is refused by its name, and on for the next tenant', async ({ app, tenant, alice, bob, stranger }) => {
    const conversationId = await alice.begin([bob])
    const { id: messageId } = await alice.send(conversationId, 'before')
    const { inviteCode } = await mutate(alice, 'createInvite', { conversationId }, 'inviteCode')
    const channel = await channelOf(alice)
    const soon = new Date(Date.now() + 3_600_000)
    const asked: [FeatureName, Actor | BackEnd, string, object][] = [
      ['guests', tenant.backEnd, 'createGuest', { conversationId, name: 'Gast', ttlSeconds: 60 }],
      ['uploads', alice, 'createUpload', { name: 'a.txt', contentType: 'text/plain', bytes: 1 }],
      ['invites', alice, 'createInvite', { conversationId }],
      ['invites', bob, 'acceptInvite', { inviteCode }],
      ['publicChannels', bob, 'joinConversation', { conversationId: channel }],
      ['publicChannels', alice, 'createConversation', { kind: 'CHANNEL', visibility: 'PUBLIC', memberIds: [] }],
      ['publicChannels', alice, 'updateConversation', { conversationId: channel, visibility: 'PUBLIC' }],
      ['threads', bob, 'sendMessage', { conversationId, clientMessageId: 't', text: 'x', threadId: messageId }],
      ['exports', bob, 'exportMyData', {}],
      ['reactions', bob, 'addReaction', { messageId, emoji: '👍' }],
      ['scheduledMessages', bob, 'scheduleMessage', { conversationId, text: 'x', dueAt: soon }],
      ['typing', bob, 'setTyping', { conversationId, isTyping: true }],
      ['presence', bob, 'setPresence', { state: 'ACTIVE' }],
    ]
    for (const [feature, actor, name, input] of asked) {
      await app.parts.tenants.change(tenant.uuid, { features: { [feature]: false } })
      expect(await tried(actor, name, input), `${name} without ${feature}`).toEqual(refusal(feature))
      await app.parts.tenants.change(tenant.uuid, { features: { [feature]: true } })
      expect(await tried(actor, name, input), `${name} with ${feature}`).toMatchObject({
        __typename: `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`,
      })
    }
    const all = Object.fromEntries(featureNames.map((name) => [name, false]))
    await app.parts.tenants.change(tenant.uuid, { features: all })
    expect((await featuresFor(alice)).features).toEqual(all)
    expect(Object.values((await featuresFor(stranger)).features)).toEqual(featureNames.map(() => true))
    expect(await tried(stranger, 'setPresence', { state: 'ACTIVE' })).toMatchObject({
      __typename: 'SetPresencePayload',
    })
  })

  test('does not touch what there is: it is read, and taken back', async ({ app, tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { id: messageId } = await alice.send(conversationId, 'root')
    const text = { conversationId, clientMessageId: 'reply', text: 'in the thread', threadId: messageId }
    expect(await tried(bob, 'sendMessage', text)).toMatchObject({ __typename: 'SendMessagePayload' })
    await mutate(bob, 'addReaction', { messageId, emoji: '👍' })
    const channel = await channelOf(alice)
    const off = { threads: false, reactions: false, publicChannels: false }
    await app.parts.tenants.change(tenant.uuid, { features: off })
    const read = `{ node(id: "${messageId}") { ... on Message { thread { replyCount } reactions { count } } } }`
    expect(await bob.ask(read)).toEqual({ node: { thread: { replyCount: 1 }, reactions: [{ count: 1 }] } })
    expect(await tried(bob, 'removeReaction', { messageId, emoji: '👍' })).toMatchObject({
      __typename: 'RemoveReactionPayload',
    })
    await alice.send(channel, 'members stay')
    const hidden = { conversationId: channel, visibility: 'PRIVATE' }
    expect(await tried(alice, 'updateConversation', hidden)).toMatchObject({ __typename: 'UpdateConversationPayload' })
  })

  test('is refused in queries and subscriptions, too', async ({ app, tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const off = { publicChannels: false, typing: false, presence: false }
    await app.parts.tenants.change(tenant.uuid, { features: off })
    const { errors } = await bob.answer('{ discoverConversations(first: 1) { edges { node { id } } } }')
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', feature: 'publicChannels' } }])
    const socket = await bob.socket()
    for (const feature of ['typing', 'presence']) {
      const frames = socket.subscribe(
        feature,
        `subscription ($id: ID!) { ${feature}(conversationId: $id) { __typename } }`,
        { id: conversationId },
      )
      expect(await frames.next()).toMatchObject({
        payload: { errors: [{ extensions: { code: 'FORBIDDEN', feature } }] },
      })
    }
  })

  test('receipts: nobody is shown how far another has read, and his own counts go on', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const { id: upTo } = await alice.send(conversationId, 'seen?')
    await app.parts.tenants.change(tenant.uuid, { features: { receipts: false } })
    expect(await featuresFor(alice)).toMatchObject({ receiptMembers: 0, features: { receipts: false } })
    const heard = await alice.listen(conversationId)
    const fields = 'conversation { viewerUnread { messages } members(first: 5) { edges { node { readSeq } } } }'
    expect(await mutate(bob, 'markRead', { upTo }, fields)).toMatchObject({
      conversation: {
        viewerUnread: { messages: 0 },
        members: { edges: [{ node: { readSeq: null } }, { node: { readSeq: null } }] },
      },
    })
    await alice.send(conversationId, 'next')
    expect(await heard.next()).toMatchObject({ message: { text: 'next' } })
  })

  test('what was done before under its id is answered as it was', async ({ app, tenant, alice, bob }) => {
    const input = { conversationId: await alice.begin([bob]), clientMutationId: 'an invite' }
    const made = await mutate(alice, 'createInvite', input, 'inviteCode')
    await app.parts.tenants.change(tenant.uuid, { features: { invites: false } })
    expect(await mutate(alice, 'createInvite', input, 'inviteCode')).toEqual(made)
  })

  test('is noticed by a node on which it was not changed, within its second', async ({ app, tenant, alice }) => {
    expect((await featuresFor(alice)).features.uploads).toBe(true)
    const settings = { limits: {}, features: { uploads: false, ofLater: true } }
    await transaction(app.db, (tx) => tx.tenant.update({ where: { id: tenant.uuid }, data: { settings } }))
    await expect.poll(async () => (await featuresFor(alice)).features.uploads, { timeout: 5_000 }).toBe(false)
    await expect(createUpload(alice, { content: 'x' })).rejects.toThrow()
  })
})

plain(
  'an operator switches features and sets limits by name, and is shown both',
  async () => {
    await using database = await freshDatabase()
    await createServerKey(database, 'acme')
    const tenant = (...args: string[]) => runScript(database, 'tenant', args)
    const set = await tenant('set', 'acme', 'feature.guests=off', 'feature.threads=on', 'limit.pageSize=7')
    expect(set).toMatchObject({ code: 0, complaint: '' })
    const shown = JSON.parse((await tenant('show', 'acme')).output)
    expect(shown).toMatchObject({
      slug: 'acme',
      features: { guests: 'off', threads: 'on', uploads: 'on' },
      limits: { pageSize: 7, mentions: 100 },
      own: { features: { guests: false, threads: true } },
    })
    const refused = await tenant('set', 'acme', 'feature.nothing=on')
    expect(refused).toMatchObject({ code: 1, complaint: expect.stringContaining('choose of guests, uploads') })
    expect(JSON.parse((await tenant('show', 'acme')).output)).toEqual(shown)
  },
  90_000,
)

plain.each(['feature.guests=maybe', 'guests', 'limit.pageSize=', 'other.name=1'])('%s is no setting', (word) => {
  expect(() => assigned([word])).toThrow(`"${word}" is no setting: write limit.NAME=NUMBER or feature.NAME=on, or off`)
})

plain.each<Parameters<typeof assertSettings>[0]>([
  { limits: { pageSize: Number('none') } },
  { limits: { none: 1 } },
  { features: { toString: true } },
])('what a tenant cannot have is refused: %j', (settings) =>
  expect(() => assertSettings(settings)).toThrow(/must be a whole number|there is no/),
)
