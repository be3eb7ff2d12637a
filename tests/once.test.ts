/** Every mutation of the printed schema, asked twice under one client id: found by walking the schema, so that a new one is covered or fails. */
import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLInputObjectType, isInputObjectType } from 'graphql'
import { expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { test } from './support/test-app.ts'

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
const inputOf = (name: string) =>
  schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`) as GraphQLInputObjectType

/** Repeating these changes nothing by their nature, or they have an id of their own; each says why. */
const WITHOUT_ID: Record<string, string> = {
  sendMessage: 'clientMessageId is its id',
  upsertUsers: 'it states how users are to be',
  deactivateUsers: 'it states how users are to be',
  createToken: 'a token is not stored: another one is as good',
}

test('takes a clientMutationId, or says why it needs none', () => {
  const without = mutations
    .map(({ name }) => name)
    .filter((name) => !isInputObjectType(inputOf(name)) || !('clientMutationId' in inputOf(name).getFields()))
  expect(without.sort()).toEqual(Object.keys(WITHOUT_ID).sort())
})

test('answers a repeat as the first time, and changes nothing by it', async ({ app, tenant, alice, bob, carol }) => {
  const conversationId = await alice.begin([bob], { title: 'A' })
  const open = await create(alice, { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] })
  const { inviteCode, id: inviteId } = await newInvite(alice, conversationId)
  const asked: Record<string, [actor: Actor, input: object]> = {
    createConversation: [alice, { kind: 'GROUP', title: 'New', memberIds: [bob.id] }],
    openDirectConversation: [alice, { userId: carol.id }],
    updateConversation: [alice, { conversationId, title: 'B' }],
    archiveConversation: [alice, { conversationId }],
    unarchiveConversation: [alice, { conversationId }],
    joinConversation: [carol, { conversationId: open }],
    addMembers: [alice, { conversationId, userIds: [carol.id] }],
    setMemberRole: [alice, { conversationId, userId: carol.id, role: 'MODERATOR' }],
    removeMember: [alice, { conversationId, userId: carol.id }],
    createInvite: [alice, { conversationId, maxUses: 3 }],
    acceptInvite: [carol, { inviteCode }],
    revokeInvite: [alice, { inviteId }],
    changeMembers: [tenant.backEnd as unknown as Actor, { conversationId, remove: [carol.id] }],
    muteConversation: [bob, { conversationId, until: '2099-01-01T00:00:00.000Z' }],
    pinConversation: [bob, { conversationId, order: 1 }],
    hideConversation: [bob, { conversationId, hidden: true }],
    transferOwnership: [alice, { conversationId, userId: bob.id }],
    leaveConversation: [alice, { conversationId }],
  }
  expect(Object.keys(asked).sort()).toEqual(
    mutations
      .map(({ name }) => name)
      .filter((name) => !(name in WITHOUT_ID))
      .sort(),
  )
  const events = () => app.db.logEvent.count()
  for (const [name, [actor, input]] of Object.entries(asked)) {
    const first = await mutate(actor, name, { ...input, clientMutationId: name })
    expect(first, name).toMatchObject({ __typename: `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload` })
    const stored = await events()
    expect(await mutate(actor, name, { ...input, clientMutationId: name }), name).toEqual(first)
    expect(await events(), name).toBe(stored)
  }
  const conflict = await mutate(alice, 'createConversation', {
    kind: 'GROUP',
    title: 'Other',
    memberIds: [],
    clientMutationId: 'createConversation',
  })
  expect(conflict).toMatchObject({ __typename: 'IdempotencyConflict' })
})

test('twice at the same moment is done once', async ({ alice }) => {
  const input = { kind: 'GROUP', title: 'Twins', memberIds: [], clientMutationId: 'twins' }
  const answers = await Promise.all([1, 2, 3, 4].map(() => mutate(alice, 'createConversation', input)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  const { conversations } = await alice.ask<{ conversations: { edges: object[] } }>(
    '{ conversations { edges { node { id } } } }',
  )
  expect(conversations.edges).toHaveLength(1)
})

async function mutate(actor: Actor, name: string, input: object): Promise<Record<string, unknown>> {
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  const payload = schema.getType(`${capital}Payload`) as unknown as { getFields(): Record<string, unknown> }
  const fields =
    'conversation' in payload.getFields()
      ? 'conversation { id }'
      : 'invite' in payload.getFields()
        ? name === 'createInvite'
          ? 'inviteCode invite { id }'
          : 'invite { id }'
        : 'conversationId'
  const query = `mutation ($input: ${capital}Input!) { ${name}(input: $input) { __typename ... on ${capital}Payload { ${fields} } ... on ChatError { code explanation } } }`
  return (await actor.ask<Record<string, Record<string, unknown>>>(query, { input }))[name] ?? {}
}

async function create(actor: Actor, input: object): Promise<string> {
  const answer = (await mutate(actor, 'createConversation', input)) as { conversation: { id: string } }
  return answer.conversation.id
}

async function newInvite(actor: Actor, conversationId: string): Promise<{ inviteCode: string; id: string }> {
  const { inviteCode, invite } = (await mutate(actor, 'createInvite', { conversationId })) as {
    inviteCode: string
    invite: { id: string }
  }
  return { inviteCode, id: invite.id }
}
