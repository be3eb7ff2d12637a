/** What each mutation sends to the database, so that a statement more is seen and meant; and none sends more for twenty than for two. */
import { getNullableType, isListType } from 'graphql'
import { expect } from 'vitest'
import { mutate } from './support/mutate.ts'
import { inputTypeOf, mutationNames, payloadOf } from './support/mutation-shapes.ts'
import { type Cast, everyMutation } from './support/mutations.ts'
import { inAnHour } from './support/scheduling.ts'
import { countStatements, difference, statementsOf } from './support/statements.ts'
import { test as base } from './support/test-app.ts'
import { upload } from './support/upload.ts'

/** With a clientMutationId: reading it, taking it and keeping the answer are three of them. Begin and commit are not counted. */
const STATEMENTS: Record<string, number> = {
  acceptContact: 10,
  acceptInvite: 11,
  addMembers: 12,
  addReaction: 15,
  archiveConversation: 9,
  banMember: 14,
  banUser: 7,
  blockUser: 10,
  changeMembers: 11,
  completeUpload: 7,
  createConversation: 10,
  createGuest: 13,
  createInvite: 8,
  createToken: 2,
  createUpload: 7,
  deactivateUsers: 3,
  declineContact: 9,
  deleteMessage: 14,
  editMessage: 13,
  eraseMe: 13,
  eraseUser: 14,
  exportMyData: 8,
  exportUser: 10,
  followThread: 11,
  hideConversation: 8,
  joinConversation: 9,
  leaveConversation: 9,
  liftRestriction: 13,
  markDelivered: 9,
  markRead: 10,
  markUnread: 9,
  muteConversation: 8,
  muteUser: 10,
  openDirectConversation: 11,
  pinConversation: 8,
  pinMessage: 13,
  removeMember: 11,
  removeReaction: 15,
  renewSession: 0,
  reportMessage: 14,
  reportUser: 10,
  revokeInvite: 9,
  scheduleMessage: 10,
  rescheduleMessage: 11,
  cancelScheduledMessage: 9,
  sendMessage: 2,
  setMemberRole: 11,
  setPresence: 1,
  setStatus: 9,
  setTyping: 1,
  timeoutMember: 10,
  signOut: 6,
  signOutEverywhere: 8,
  transferOwnership: 13,
  unarchiveConversation: 9,
  unbanUser: 7,
  unblockUser: 10,
  unmuteUser: 10,
  unpinMessage: 12,
  updateConversation: 10,
  updatePrivacy: 4,
  updateProfile: 7,
  upgradeGuest: 12,
  upsertUsers: 3,
}

countStatements()

const test = base.extend('cast', async ({ tenant: { backEnd }, alice, bob, carol }): Promise<Cast> => {
  const cast = { alice, bob, carol, backEnd }
  // What is kept for a while is read once, here.
  for (const actor of [alice, bob, carol]) await actor.ask('{ viewer { user { id } } limits { pageSize } }')
  return cast
})

test('each mutation takes as many statements as it is known to take', async ({ cast }) => {
  const counted: Record<string, number> = {}
  const sent: string[] = []
  for (const { name, ask } of await everyMutation(cast)) {
    const statements = await statementsOf(async () =>
      expect(await ask(), name).toMatchObject({ __typename: payloadOf(name) }),
    )
    counted[name] = statements.length
    if (statements.length !== STATEMENTS[name]) sent.push(`${name}: ${difference([], statements)}`)
  }
  expect(counted, sent.join('\n')).toEqual(STATEMENTS)
  expect(Object.keys(STATEMENTS).sort()).toEqual(mutationNames().sort())
})

const conversationOf = async ({ alice }: Cast, users: { id: string }[] = []) => ({
  conversationId: await alice.begin(users as Parameters<typeof alice.begin>[0]),
})

interface Known {
  id: string
  externalId: string
}
type Actor = Cast['alice'] | Cast['backEnd']

const TEXT = 'a name each: '.padEnd(100, '@')
const mentionsOf = (users: Known[]) => users.map(({ id }, i) => ({ kind: 'USER', userId: id, start: i, length: 1 }))

/** By the argument that takes many: who asks, and for what. */
const OF_MANY: Record<string, (cast: Cast, users: Known[]) => Promise<[actor: Actor, input: object]>> = {
  'addMembers.userIds': async (cast, users) => [
    cast.alice,
    { ...(await conversationOf(cast)), userIds: users.map(({ id }) => id) },
  ],
  'changeMembers.add': async (cast, users) => [
    cast.backEnd,
    { ...(await conversationOf(cast)), add: users.map(({ id }) => ({ userId: id })) },
  ],
  'changeMembers.remove': async (cast, users) => [
    cast.backEnd,
    { ...(await conversationOf(cast, users)), remove: users.map(({ id }) => id) },
  ],
  'createConversation.memberIds': async ({ alice }, users) => [
    alice,
    { kind: 'GROUP', memberIds: users.map(({ id }) => id) },
  ],
  'deactivateUsers.externalIds': async ({ backEnd }, users) => [
    backEnd,
    { deactivated: true, externalIds: users.map(({ externalId }) => externalId) },
  ],
  'sendMessage.mentions': async (cast, users) => [
    cast.alice,
    { ...(await conversationOf(cast)), clientMessageId: `${users.length}`, text: TEXT, mentions: mentionsOf(users) },
  ],
  'sendMessage.attachmentIds': async (cast, users) => {
    const attachmentIds = await Promise.all(users.map(() => upload(cast.alice)))
    return [
      cast.alice,
      { ...(await conversationOf(cast)), clientMessageId: `files ${users.length}`, text: TEXT, attachmentIds },
    ]
  },
  'scheduleMessage.mentions': async (cast, users) => [
    cast.alice,
    { ...(await conversationOf(cast)), dueAt: inAnHour(), text: TEXT, mentions: mentionsOf(users) },
  ],
  'scheduleMessage.attachmentIds': async (cast, users) => {
    const attachmentIds = await Promise.all(users.map(() => upload(cast.alice)))
    return [cast.alice, { ...(await conversationOf(cast)), dueAt: inAnHour(), text: TEXT, attachmentIds }]
  },
  'editMessage.mentions': async (cast, users) => {
    const { conversationId } = await conversationOf(cast)
    const { id: messageId } = await cast.alice.send(conversationId, 'nobody')
    return [cast.alice, { messageId, text: TEXT, mentions: mentionsOf(users) }]
  },
  'upsertUsers.users': async ({ backEnd }, users) => [
    backEnd,
    { users: users.map(({ externalId }) => ({ externalId, name: 'Another' })) },
  ],
}

const takeMany = mutationNames().flatMap((name) =>
  Object.values(inputTypeOf(name).getFields())
    .filter(({ type }) => isListType(getNullableType(type)))
    .map((field) => `${name}.${field.name}`),
)

test('what takes many takes no more statements for twenty than for two', async ({ cast }) => {
  expect(takeMany.sort()).toEqual(Object.keys(OF_MANY).sort())
  const named = Array.from({ length: 22 }, (_, i) => ({ externalId: `many-${i}`, name: `Many ${i}` }))
  const { users } = await mutate(cast.backEnd, 'upsertUsers', { users: named }, 'users { id externalId }')
  for (const [name, inputFor] of Object.entries(OF_MANY)) {
    const counted: string[][] = []
    for (const some of [(users as Known[]).slice(0, 2), (users as Known[]).slice(2)]) {
      const [actor, input] = await inputFor(cast, some)
      const mutation = name.replace(/\..*/, '')
      counted.push(
        await statementsOf(async () =>
          expect(await mutate(actor, mutation, input), name).toMatchObject({ __typename: payloadOf(mutation) }),
        ),
      )
    }
    const [few = [], many = []] = counted
    expect(many.length, `${name}:\n${difference(few, many)}`).toBe(few.length)
  }
})
