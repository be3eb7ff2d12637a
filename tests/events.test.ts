/** Every type of event of the printed schema is heard, in `conversationEvents` and in `feed`: a type added later is missed here until it is. */
import { expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { schema } from './support/printed-schema.ts'
import { test } from './support/test-app.ts'

const typesOf = (name: string): string[] => {
  const type = schema.getType(name)
  if (!type || !('astNode' in type) || type.astNode?.kind !== 'InterfaceTypeDefinition')
    throw new Error(`${name} is no interface`)
  return schema
    .getPossibleTypes(type as Parameters<typeof schema.getPossibleTypes>[0])
    .map((each) => each.name)
    .sort()
}

/** These come of what is no deed of a member: conversation-events.test.ts and the tests of delivery/ have them. */
const ELSEWHERE = ['ResyncRequired']

/** What a normalised cache needs: whose it is, and what it is now. */
const FIELDS = `__typename cursor
  ... on LogEvent { id seq actor { id __typename } }
  ... on ConversationLogEvent { conversation { id __typename title topic archivedAt memberCount history } }
  ... on MessageSent { message { id __typename text } } ... on MessageEdited { message { id __typename text revision editedAt } }
  ... on MessageDeleted { message { id __typename text deletedAt } } ... on MessagePinned { message { id __typename pinnedAt } }
  ... on MessageUnpinned { message { id __typename pinnedAt } }
  ... on ReactionAdded { emoji message { id __typename reactions { emoji count } } }
  ... on ReactionRemoved { emoji message { id __typename reactions { emoji count } } }
  ... on MemberRoleChanged { user { id __typename } role } ... on ConversationUpdated { changed }
  ... on ReceiptsAdvanced { user { id __typename } readSeq conversation { id __typename } }`

const OF_ONESELF = `... on MembershipUpdated { conversation { id __typename viewerMembership { own { mutedUntil pinOrder hidden } } } }
  ... on ReadMarked { readSeq conversation { id __typename viewerUnread { messages mentions } } }`

async function collect(
  actor: Actor,
  field: string,
  more = '',
): Promise<{ types: Set<string>; until(type: string): Promise<void> }> {
  const socket = await actor.socket()
  const frames = socket.subscribe(field, `subscription { ${field} { ${FIELDS} ${more} } }`)
  const types = new Set<string>()
  async function until(type: string): Promise<void> {
    while (!types.has(type)) {
      const { type: kind, payload } = await frames.next()
      expect(kind, JSON.stringify(payload)).toBe('next')
      const { data, errors } = payload as { data: Record<string, { __typename: string }> | null; errors?: unknown }
      expect(errors).toBeUndefined()
      for (const event of Object.values(data ?? {})) types.add(event.__typename)
    }
  }
  await until('Subscribed')
  return { types, until }
}

test('every type of event is heard where it is said to be', async ({ tenant, alice, bob, carol }) => {
  const conversationId = await alice.begin([bob])
  const request = await (await tenant.user('dora')).openDirect(bob)
  const inRequest = await collect(bob, `conversationEvents(conversationId: "${request}")`)
  const inConversation = await collect(bob, `conversationEvents(conversationId: "${conversationId}")`)
  const inFeed = await collect(bob, 'feed', OF_ONESELF)
  const { id: messageId } = await alice.send(conversationId, 'said')
  const { id: reply } = await alice.send(conversationId, 'replied', { threadId: messageId })
  const deeds: [Actor, string, object][] = [
    [alice, 'editMessage', { messageId, text: 'said better' }],
    [alice, 'addReaction', { messageId, emoji: '👍' }],
    [alice, 'removeReaction', { messageId, emoji: '👍' }],
    [alice, 'pinMessage', { messageId }],
    [alice, 'unpinMessage', { messageId }],
    [bob, 'markRead', { upTo: messageId }],
    [bob, 'followThread', { threadId: messageId, following: true }],
    [bob, 'muteConversation', { conversationId }],
    [bob, 'scheduleMessage', { conversationId, text: 'later', dueAt: new Date(Date.now() + 3_600_000).toISOString() }],
    [bob, 'blockUser', { userId: carol.id }],
    [bob, 'muteUser', { userId: carol.id }],
    [bob, 'unblockUser', { userId: carol.id }],
    [bob, 'deleteMessage', { messageId: reply, for: 'ME' }],
    [alice, 'deleteMessage', { messageId, for: 'EVERYBODY' }],
    [alice, 'addMembers', { conversationId, userIds: [carol.id] }],
    [alice, 'setMemberRole', { conversationId, userId: carol.id, role: 'MODERATOR' }],
    [alice, 'timeoutMember', { conversationId, userId: bob.id, until: '2099-01-01T00:00:00.000Z' }],
    [alice, 'removeMember', { conversationId, userId: carol.id }],
    [alice, 'updateConversation', { conversationId, title: 'New' }],
    [alice, 'archiveConversation', { conversationId }],
    [alice, 'unarchiveConversation', { conversationId }],
    [alice, 'removeMember', { conversationId, userId: bob.id }],
    [bob, 'setStatus', { text: 'away' }],
    [bob, 'declineContact', { conversationId: request }],
    [bob, 'acceptContact', { conversationId: request }],
  ]
  for (const [actor, mutation, input] of deeds)
    expect(await mutate(actor, mutation, input), mutation).toMatchObject({
      __typename: `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Payload`,
    })
  await inConversation.until('AccessRevoked')
  await inRequest.until('ContactAccepted')
  await carol.begin([bob])
  await mutate(bob, 'signOutEverywhere', {})
  for (const type of ['AccessRevoked', 'ConversationLeft', 'ConversationJoined', 'AccountUpdated', 'SignedOut'])
    await inFeed.until(type)
  const expected = (name: string) => typesOf(name).filter((type) => !ELSEWHERE.includes(type))
  expect([...inConversation.types.union(inRequest.types)].sort()).toEqual(expected('ConversationEvent'))
  expect([...inFeed.types].sort()).toEqual(expected('FeedEvent'))
})
