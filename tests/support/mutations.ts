/** Every mutation of the printed schema with an input that can be done, each in a place of its own, so that their order does not matter. */
import type { Actor, BackEnd } from './actor.ts'
import { mutate, type Result } from './mutate.ts'
import { mutationNames, shownBy, takesId } from './mutation-shapes.ts'
import { inAnHour } from './scheduling.ts'
import { createUpload, put } from './upload.ts'

/** Whoever plays; they are of one tenant and have nothing to do with each other yet. */
export interface Cast {
  alice: Actor
  bob: Actor
  carol: Actor
  backEnd: BackEnd
}

type Asked = [actor: Actor | BackEnd, input: Record<string, unknown>]

/** Repeating these changes nothing by their nature, or they have an id of their own; each says why. */
export const WITHOUT_ID: Record<string, string> = {
  sendMessage: 'clientMessageId is its id',
  upsertUsers: 'it states how users are to be',
  deactivateUsers: 'it states how users are to be',
  updatePrivacy: 'it states how things are to be',
  setTyping: 'nothing of it is kept',
  setPresence: 'it states how things are to be',
  createToken: 'a token is not stored: another one is as good',
  eraseMe: 'he is erased once, and nobody any longer who could ask again',
  eraseUser: 'he is erased once, for good',
  renewSession: 'a session ends with its token: the same one ends when it did',
}

/** After it there is nobody who could ask again. */
export const ENDS_ITS_ASKER: readonly string[] = ['eraseMe']

/** Of Alice, with Bob in it. */
const shared = async ({ alice, bob }: Cast) => ({ conversationId: await alice.begin([bob]) })

async function openChannel({ alice }: Cast) {
  const input = { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] }
  const { conversation } = await mutate(alice, 'createConversation', input, 'conversation { id }')
  return { conversationId: (conversation as { id: string }).id }
}

async function newInvite(cast: Cast) {
  const { inviteCode, invite } = await mutate(
    cast.alice,
    'createInvite',
    await shared(cast),
    'inviteCode invite { id }',
  )
  return { inviteCode: inviteCode as string, inviteId: (invite as { id: string }).id }
}

async function archived(cast: Cast) {
  const place = await shared(cast)
  await mutate(cast.alice, 'archiveConversation', place)
  return place
}

/** Said by Alice, with Bob listening. */
async function said(cast: Cast) {
  const { conversationId } = await shared(cast)
  return { conversationId, messageId: (await cast.alice.send(conversationId, 'said')).id }
}

const LATER = '2099-01-01T00:00:00.000Z'

async function scheduled(cast: Cast) {
  const input = { ...(await shared(cast)), text: 'later', dueAt: inAnHour() }
  const { scheduledMessageId } = await mutate(cast.bob, 'scheduleMessage', input, 'scheduledMessageId')
  return { scheduledMessageId }
}

async function timedOut(cast: Cast) {
  const who = { ...(await shared(cast)), userId: cast.bob.id }
  await mutate(cast.alice, 'timeoutMember', { ...who, until: LATER })
  return { ...who, kind: 'TIMEOUT' }
}

async function newcomer({ backEnd }: Cast, externalId: string) {
  const { users } = await mutate(backEnd, 'upsertUsers', { users: [{ externalId, name: externalId }] }, 'users { id }')
  return (users as [{ id: string }])[0]
}

/** By somebody whom he does not know. */
async function requested({ backEnd }: Cast, externalId: string, of: Actor) {
  return { conversationId: await (await backEnd.user(externalId)).openDirect(of) }
}

async function banned(cast: Cast) {
  const { id: userId } = await newcomer(cast, 'grace')
  await mutate(cast.backEnd, 'banUser', { userId })
  return { userId }
}

async function done(cast: Cast, mutation: string, more: object = {}) {
  const { messageId } = await said(cast)
  await mutate(cast.alice, mutation, { messageId, ...more })
  return { messageId, ...more }
}

async function threaded(cast: Cast) {
  const { conversationId, messageId } = await said(cast)
  await cast.bob.send(conversationId, 'in the thread', { threadId: messageId })
  return { threadId: messageId }
}

async function avoided(actor: Actor, mutation: string, { id: userId }: Actor) {
  await mutate(actor, mutation, { userId })
  return { userId }
}

/** The same, but what he asks goes over a socket of his. */
async function overSocket(actor: Actor): Promise<Actor> {
  const socket = await actor.socket()
  let asked = 0
  const ask = async (document: unknown, variables?: object) => {
    const { payload } = await socket.subscribe(`asked ${++asked}`, String(document), variables).next()
    return (payload as { data: unknown }).data
  }
  return { ...actor, ask: ask as Actor['ask'] }
}

/** Of another device of hers, with a token of its own. */
async function otherConnection({ alice, backEnd }: Cast): Promise<string> {
  const device = await backEnd.user(alice.externalId)
  const socket = await device.socket()
  const { viewer } = await alice.ask<{ viewer: { connections: { id: string }[] } }>('{ viewer { connections { id } } }')
  socket.cut()
  return viewer.connections[0]?.id ?? ''
}

async function newGuest(cast: Cast): Promise<string> {
  const input = { ...(await shared(cast)), name: 'Gast', ttlSeconds: 600 }
  const { user } = await mutate(cast.backEnd, 'createGuest', input, 'user { id }')
  return (user as { id: string }).id
}

/** Sent, and not looked at yet. */
async function sent({ alice }: Cast) {
  const { attachment, ...request } = await createUpload(alice, { content: 'a file' })
  await put(request, 'a file')
  return { attachmentId: attachment.id }
}

/** By name: who asks, and for what. What stands there already is made by the input, before the mutation is asked. */
const INPUTS: Record<string, (cast: Cast) => Promise<Asked>> = {
  createConversation: async ({ alice, bob }) => [alice, { kind: 'GROUP', title: 'New', memberIds: [bob.id] }],
  openDirectConversation: async ({ alice, carol }) => [alice, { userId: carol.id }],
  acceptContact: async (cast) => [cast.bob, await requested(cast, 'hugo', cast.bob)],
  declineContact: async (cast) => [cast.bob, await requested(cast, 'irma', cast.bob)],
  updateConversation: async (cast) => [cast.alice, { ...(await shared(cast)), title: 'B' }],
  archiveConversation: async (cast) => [cast.alice, await shared(cast)],
  unarchiveConversation: async (cast) => [cast.alice, await archived(cast)],
  joinConversation: async (cast) => [cast.carol, await openChannel(cast)],
  leaveConversation: async (cast) => [cast.bob, await shared(cast)],
  addMembers: async (cast) => [cast.alice, { ...(await shared(cast)), userIds: [cast.carol.id] }],
  removeMember: async (cast) => [cast.alice, { ...(await shared(cast)), userId: cast.bob.id }],
  changeMembers: async (cast) => [
    cast.backEnd,
    { ...(await shared(cast)), remove: [cast.bob.id], add: [{ userId: cast.carol.id }] },
  ],
  setMemberRole: async (cast) => [cast.alice, { ...(await shared(cast)), userId: cast.bob.id, role: 'MODERATOR' }],
  transferOwnership: async (cast) => [cast.alice, { ...(await shared(cast)), userId: cast.bob.id }],
  createInvite: async (cast) => [cast.alice, { ...(await shared(cast)), maxUses: 3 }],
  acceptInvite: async (cast) => [cast.carol, { inviteCode: (await newInvite(cast)).inviteCode }],
  revokeInvite: async (cast) => [cast.alice, { inviteId: (await newInvite(cast)).inviteId }],
  muteConversation: async (cast) => [cast.bob, { ...(await shared(cast)), until: '2099-01-01T00:00:00.000Z' }],
  pinConversation: async (cast) => [cast.bob, { ...(await shared(cast)), order: 1 }],
  hideConversation: async (cast) => [cast.bob, { ...(await shared(cast)), hidden: true }],
  editMessage: async (cast) => [cast.alice, { messageId: (await said(cast)).messageId, text: 'better' }],
  deleteMessage: async (cast) => [cast.alice, { messageId: (await said(cast)).messageId, for: 'EVERYBODY' }],
  addReaction: async (cast) => [cast.bob, { messageId: (await said(cast)).messageId, emoji: '👍' }],
  removeReaction: async (cast) => [cast.alice, await done(cast, 'addReaction', { emoji: '👍' })],
  pinMessage: async (cast) => [cast.bob, { messageId: (await said(cast)).messageId }],
  unpinMessage: async (cast) => [cast.bob, await done(cast, 'pinMessage')],
  followThread: async (cast) => [cast.alice, { ...(await threaded(cast)), following: false }],
  markRead: async (cast) => [cast.bob, { upTo: (await said(cast)).messageId }],
  markUnread: async (cast) => [cast.alice, { from: (await said(cast)).messageId }],
  markDelivered: async (cast) => [cast.bob, { upTo: (await said(cast)).messageId }],
  setTyping: async (cast) => [cast.bob, { ...(await shared(cast)), isTyping: true }],
  setPresence: async ({ carol }) => [carol, { state: 'INVISIBLE' }],
  createUpload: async ({ alice }) => [alice, { name: 'a.txt', contentType: 'text/plain', bytes: 6 }],
  completeUpload: async (cast) => [cast.alice, await sent(cast)],
  updatePrivacy: async ({ carol }) => [carol, { showReceipts: false }],
  // Not whom she writes to elsewhere: all of these are asked at once, too.
  blockUser: async (cast) => [cast.alice, { userId: (await newcomer(cast, 'henry')).id }],
  unblockUser: async ({ bob, carol }) => [bob, await avoided(bob, 'blockUser', carol)],
  muteUser: async ({ alice, bob }) => [alice, { userId: bob.id }],
  unmuteUser: async ({ carol, bob }) => [carol, await avoided(carol, 'muteUser', bob)],
  reportMessage: async (cast) => [cast.bob, { messageId: (await said(cast)).messageId, reason: 'SPAM' }],
  reportUser: async ({ alice, bob }) => [bob, { userId: alice.id, reason: 'OTHER', comment: 'he is rude' }],
  updateProfile: async ({ carol }) => [carol, { name: 'Carola', bio: 'here' }],
  setStatus: async ({ carol }) => [carol, { text: 'away', emoji: '🌴', expiresAt: '2099-01-01T00:00:00.000Z' }],
  signOut: async (cast) => [cast.alice, { connectionId: await otherConnection(cast) }],
  signOutEverywhere: async ({ backEnd }) => [backEnd, { userId: (await backEnd.user('fled')).id }],
  eraseMe: async ({ backEnd }) => [await backEnd.user('leaving'), { confirmExternalId: 'leaving' }],
  eraseUser: async ({ backEnd }) => [
    backEnd,
    { userId: (await backEnd.user('forgotten')).id, confirmExternalId: 'forgotten' },
  ],
  exportMyData: async ({ bob }) => [bob, {}],
  exportUser: async ({ backEnd, carol }) => [backEnd, { userId: carol.id }],
  createGuest: async (cast) => [cast.backEnd, { ...(await shared(cast)), name: 'Gast', ttlSeconds: 600 }],
  upgradeGuest: async (cast) => [cast.backEnd, { userId: await newGuest(cast), externalId: 'upgraded' }],
  scheduleMessage: async (cast) => [cast.bob, { ...(await shared(cast)), text: 'later', dueAt: inAnHour() }],
  rescheduleMessage: async (cast) => [cast.bob, { ...(await scheduled(cast)), dueAt: inAnHour() }],
  cancelScheduledMessage: async (cast) => [cast.bob, await scheduled(cast)],
  sendMessage: async (cast) => [cast.bob, { ...(await shared(cast)), text: 'hi', clientMessageId: 'sendMessage' }],
  upsertUsers: async ({ backEnd }) => [backEnd, { users: [{ externalId: 'dora', name: 'Dora' }] }],
  deactivateUsers: async ({ backEnd }) => [backEnd, { externalIds: ['nobody'], deactivated: true }],
  renewSession: async ({ alice }) => [await overSocket(alice), { token: alice.token }],
  banMember: async (cast) => [cast.alice, { ...(await shared(cast)), userId: cast.bob.id, reason: 'spam' }],
  timeoutMember: async (cast) => [cast.alice, { ...(await shared(cast)), userId: cast.bob.id, until: LATER }],
  liftRestriction: async (cast) => [cast.alice, await timedOut(cast)],
  banUser: async (cast) => [cast.backEnd, { userId: (await newcomer(cast, 'frank')).id, reason: 'spam' }],
  unbanUser: async (cast) => [cast.backEnd, await banned(cast)],
  createToken: async ({ backEnd }) => [backEnd, { externalId: 'erin', ttlSeconds: 60 }],
}

export interface ReadyMutation {
  name: string
  /** Asks it, under its name as the client's id: asked again, it is a repeat. */
  ask(): Promise<Result>
}

/** Those that have no input in the table, or are in it and no longer in the schema. */
export function strayMutations(): string[] {
  return [...new Set(mutationNames()).symmetricDifference(new Set(Object.keys(INPUTS)))]
}

/** What each needs is there when this resolves. */
export async function everyMutation(cast: Cast): Promise<ReadyMutation[]> {
  const ready: ReadyMutation[] = []
  for (const [name, inputFor] of Object.entries(INPUTS)) {
    const [actor, given] = await inputFor(cast)
    const input = takesId(name) ? { ...given, clientMutationId: name } : given
    ready.push({ name, ask: () => mutate(actor, name, input, shownBy(name)) })
  }
  return ready
}
