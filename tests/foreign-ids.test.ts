import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLArgument, getNamedType, isInputObjectType, isObjectType } from 'graphql'
import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { LISTEN } from './support/documents.ts'
import { test as base } from './support/test-app.ts'

/** What exists and is not alice's to know of, each kind in another tenant and in her own. */
interface Hidden {
  conv: string[]
  usr: string[]
  msg: string[]
  evt: string[]
}

/** Alice's own, for the arguments beside the one that is tried. */
interface Own {
  conversation: string
  message: string
}

const NOTHING = {
  conv: 'conv_01h455vb4pex5vsknk084sn02q',
  usr: 'usr_01h455vb4pex5vsknk084sn02q',
  msg: 'msg_01h455vb4pex5vsknk084sn02q',
  evt: `evt_${Buffer.alloc(32, 1).toString('base64url')}`,
}
const NO_IDS = [
  '',
  'nonsense',
  'conv_',
  'conv_01h455vb4pex5vsknk084sn02',
  'msg_zzzzzzzzzzzzzzzzzzzzzzzzzz',
  `tenant_${'0'.repeat(26)}`,
  'conv_\0',
  '🙂',
]

const test = base
  .extend('own', async ({ alice, bob }): Promise<Own> => {
    const conversation = await alice.begin([bob])
    return { conversation, message: (await alice.send(conversation, 'mine')).id }
  })
  .extend('hidden', async ({ bob, carol, stranger }): Promise<Hidden> => {
    const of = async (owner: Actor, members: Actor[]) => {
      const conversation = await owner.begin(members)
      const reader = await owner.listen(conversation)
      const { id } = await owner.send(conversation, 'hidden')
      const event = await reader.next()
      return { conversation, message: id, event: 'id' in event ? event.id : '' }
    }
    const [near, far] = [await of(bob, [carol]), await of(stranger, [])]
    return {
      conv: [near.conversation, far.conversation],
      usr: [stranger.id],
      msg: [near.message, far.message],
      evt: [near.event, far.event],
    }
  })

type Kind = keyof typeof NOTHING

interface Place {
  kinds: Kind[]
  /** Asks with the id in this one place, all else being in order. */
  ask: (alice: Actor, id: string, own: Own) => Promise<unknown>
}

const mutation = (field: string, type: string, input: (id: string, own: Own) => object, kinds: Kind[]): Place => ({
  kinds,
  ask: (alice, id, own) =>
    alice.answer(
      `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on ChatError { code explanation retryable } ... on InvalidInput { path } } }`,
      {
        input: input(id, own),
      },
    ),
})

/** Every place of the schema that takes an id. */
const places: Record<string, Place> = {
  'Query.node(id)': {
    kinds: ['conv', 'usr', 'msg', 'evt'],
    ask: (alice, id) => alice.answer('query ($id: ID!) { node(id: $id) { __typename id } }', { id }),
  },
  'Query.nodes(ids)': {
    kinds: ['conv', 'usr', 'msg', 'evt'],
    ask: (alice, id) =>
      alice.answer('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: [id, alice.id, id] }),
  },
  'Query.conversation(id)': {
    kinds: ['conv'],
    ask: (alice, id) => alice.answer('query ($id: ID!) { conversation(id: $id) { id title memberCount } }', { id }),
  },
  'Query.user(id)': {
    kinds: ['usr'],
    ask: (alice, id) => alice.answer('query ($id: ID!) { user(id: $id) { id name } }', { id }),
  },
  'Query.knownEvents(ids)': {
    kinds: ['evt'],
    ask: (alice, id) => alice.answer('query ($ids: [ID!]!) { knownEvents(ids: $ids) }', { ids: [id] }),
  },
  'Conversation.messages(around)': {
    kinds: ['msg'],
    ask: (alice, around, { conversation: id }) =>
      alice.answer(
        'query ($id: ID!, $around: ID!) { conversation(id: $id) { messages(around: $around) { edges { node { id } } } } }',
        { id, around },
      ),
  },
  'Subscription.conversationEvents(conversationId)': {
    kinds: ['conv'],
    async ask(alice, conversationId) {
      const frames = (await alice.socket()).subscribe('tried', String(LISTEN), { conversationId })
      return [await frames.next(), await frames.next().catch(() => null)]
    },
  },
  'AddMembersInput.conversationId': mutation(
    'addMembers',
    'AddMembersInput',
    (conversationId) => ({ conversationId, userIds: [] }),
    ['conv'],
  ),
  'AddMembersInput.userIds': mutation(
    'addMembers',
    'AddMembersInput',
    (id, { conversation }) => ({ conversationId: conversation, userIds: [id] }),
    ['usr'],
  ),
  'CreateConversationInput.memberIds': mutation(
    'createConversation',
    'CreateConversationInput',
    (id) => ({ kind: 'GROUP', memberIds: [id] }),
    ['usr'],
  ),
  'LeaveConversationInput.conversationId': mutation(
    'leaveConversation',
    'LeaveConversationInput',
    (conversationId) => ({ conversationId }),
    ['conv'],
  ),
  'OpenDirectConversationInput.userId': mutation(
    'openDirectConversation',
    'OpenDirectConversationInput',
    (userId) => ({ userId }),
    ['usr'],
  ),
  'RemoveMemberInput.conversationId': mutation(
    'removeMember',
    'RemoveMemberInput',
    (conversationId) => ({ conversationId, userId: NOTHING.usr }),
    ['conv'],
  ),
  'RemoveMemberInput.userId': mutation(
    'removeMember',
    'RemoveMemberInput',
    (userId, { conversation }) => ({ conversationId: conversation, userId }),
    ['usr'],
  ),
  'SendMessageInput.conversationId': mutation(
    'sendMessage',
    'SendMessageInput',
    (conversationId) => ({ conversationId, clientMessageId: 'x', text: 'x' }),
    ['conv'],
  ),
  'SendMessageInput.replyToId': mutation(
    'sendMessage',
    'SendMessageInput',
    (replyToId, { conversation }) => ({ conversationId: conversation, clientMessageId: 'x', text: 'x', replyToId }),
    ['msg'],
  ),
}

test('every place of the schema that takes an id is tried here', () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))
  const isId = ({ type }: Pick<GraphQLArgument, 'type'>) => getNamedType(type).name === 'ID'
  const found = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return []
    if (isInputObjectType(type))
      return Object.values(type.getFields())
        .filter(isId)
        .map(({ name }) => `${type.name}.${name}`)
    if (!isObjectType(type)) return []
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.filter(isId).map(({ name }) => `${type.name}.${field.name}(${name})`),
    )
  })
  expect(Object.keys(places).sort()).toEqual(found.sort())
})

describe('what alice may not know of is answered like what is not there:', () => {
  test.for(Object.entries(places))('%s', async ([, { kinds, ask }], { alice, own, hidden }) => {
    for (const kind of kinds) {
      const notThere = await ask(alice, NOTHING[kind], own)
      for (const id of [...hidden[kind], ...NO_IDS, ...Object.values(NOTHING)])
        expect(await ask(alice, id, own), `${kind}: ${id}`).toEqual(notThere)
      expect(JSON.stringify(notThere)).not.toMatch(/INTERNAL|Payload/)
    }
    expect((await alice.history(own.conversation)).edges).toHaveLength(1)
  })

  test('a user by the customer’s own id', async ({ alice, stranger }) => {
    const query = 'query ($externalId: String!) { user(externalId: $externalId) { id } }'
    for (const externalId of [stranger.externalId, 'invented', '', 'a\0b', '\ud800'])
      expect(await alice.answer(query, { externalId })).toEqual({ status: 200, data: { user: null }, errors: [] })
  })

  test('all conversations to somebody who is in none, and all users to another tenant', async ({
    mallory,
    own,
    stranger,
  }) => {
    const query = '{ conversations { edges { node { id } } } users { edges { node { externalId } } } }'
    expect(own.conversation).toBeTruthy()
    expect(await mallory.ask(query)).toMatchObject({ conversations: { edges: [] } })
    expect(await stranger.ask(query)).toEqual({
      conversations: { edges: [] },
      users: { edges: [{ node: { externalId: 'stranger' } }] },
    })
  })
})

test('a server key of another tenant finds nothing, and no server key reads conversations', async ({
  alice,
  own,
  newTenant,
}) => {
  const foreign = (await newTenant()).backEnd
  const user = 'query ($id: ID!) { user(id: $id) { id } }'
  expect(await foreign.answer(user, { id: alice.id })).toMatchObject({ data: { user: null }, errors: [] })
  const conversation = 'query ($id: ID!) { conversation(id: $id) { id } }'
  expect(await foreign.answer(conversation, { id: own.conversation })).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  })
})
