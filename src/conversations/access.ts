/**
 * What a viewer may do in a conversation: the only place that decides. The rules are a table; each decision throws NOT_FOUND for what the viewer
 * may not know of, FORBIDDEN with a reason for what he knows and may not do. append checks that the facts still hold under its locks.
 */
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { History } from '../messages/history.ts'
import { isHiddenFrom, seenBy } from '../messages/seen.ts'
import type {
  Caller,
  Capability,
  Conversation,
  Membership,
  Message,
  MessageCapability,
  Seen,
  User,
  UserCaller,
  Uuid,
} from '../model.ts'
import type { Acquaintance, Acquaintances } from './acquaintances.ts'
import { createApproach } from './approach.ts'
import type { AversionStore } from './aversions.ts'
import {
  capabilitiesOf,
  isAllowedInArchive,
  isMeantFor,
  isOpenToAll,
  isTimedOut,
  messageCapabilitiesOf,
  UNREACHABLE,
  WHY_NOT,
  whyNot,
  whyNotMessage,
} from './capabilities.ts'
import { isWaiting } from './contacts.ts'
import { mayBeIn } from './guests.ts'
import { createListening, heardSince } from './listening.ts'
import { type Facts, type Memberships, NOTHING } from './memberships.ts'

export interface Admitted extends Pick<Facts, 'ignored' | 'isUnreachable'> {
  conversation: Conversation
  membership: Membership
}

/** The first seq that he sees: with FROM_JOIN, that of his joining. */
const visibleFrom = ({ conversation, membership }: Pick<Admitted, 'conversation' | 'membership'>): number =>
  conversation.history === 'FROM_JOIN' ? membership.joinedSeq : 1

/** As visibleFrom, also for who is no longer a member. */
export const heardFrom = ({ conversation, membership, leftFrom }: Facts): number =>
  heardSince({ history: conversation?.history ?? null, joinedSeq: membership?.joinedSeq ?? null, leftFrom })

/** Whether it was said in his time: of another one he is not told that it is there. */
const hasHeard = (facts: Facts, { seq }: Message): boolean =>
  facts.membership !== null || (facts.leftSeq !== null && seq >= heardFrom(facts) && seq <= facts.leftSeq)

export const seenIn = (admitted: Admitted): Seen => ({
  userId: admitted.membership.userId,
  from: visibleFrom(admitted),
  ignored: admitted.ignored,
})

/** Of who is admitted already. */
export const may = (admitted: Omit<Admitted, 'ignored'>, capability: Capability): boolean =>
  capabilitiesOf(admitted).includes(capability)

/** Whether a conversation shows how far its members have read. */
const showsReceipts = (conversation: Conversation, { receiptMembers }: Pick<Limits, 'receiptMembers'>): boolean =>
  conversation.kind !== 'BROADCAST' && conversation.memberCount <= receiptMembers && !isWaiting(conversation)

export const showsReceiptsOf = (user: User, conversation: Conversation, limits: Limits): boolean =>
  user.receipts && showsReceipts(conversation, limits)

/** Whether it shows who is typing, with so many of its members here. */
export const showsTyping = (
  { kind }: Conversation,
  online: number,
  { typingMembersOnline }: Pick<Limits, 'typingMembersOnline'>,
): boolean => kind !== 'BROADCAST' && online <= typingMembersOnline

export type Access = ReturnType<typeof createAccess>

interface Dependencies {
  memberships: Memberships
  history: History
  acquaintances: Acquaintances
  aversions: Pick<AversionStore, 'severed'>
}

export function createAccess({ memberships, history, acquaintances, aversions }: Dependencies) {
  const factsFor = ({ tenantId, userId, guestOf }: UserCaller, conversationId: Uuid | null): Promise<Facts> =>
    conversationId && mayBeIn({ guestOf }, conversationId)
      ? memberships.facts({ tenantId, userId, conversationId })
      : Promise.resolve(NOTHING)

  const to = async (capability: Capability, viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> =>
    admit(capability, await factsFor(viewer, conversationId))

  /** Of another member, by somebody who may do this to members at all. */
  async function toChange(
    capability: 'REMOVE_MEMBERS' | 'SET_ROLES',
    viewer: UserCaller,
    conversationId: Uuid | null,
    userId: Uuid | null,
  ): Promise<Admitted & { target: Membership }> {
    const admitted = await to(capability, viewer, conversationId)
    const { membership: target } = userId ? await factsFor({ ...viewer, userId }, conversationId) : { membership: null }
    if (!target) throw new ChatError('NOT_FOUND', { message: 'There is no such member', path: 'input.userId' })
    assertNotAbove(target, admitted.membership)
    return { ...admitted, target }
  }

  /** A message that he sees, with the conversation as he is in it. Throws NOT_FOUND or, of what he saw until he left, FORBIDDEN. */
  async function toSee(
    viewer: UserCaller,
    messageId: Uuid | null,
    capability: Capability = 'READ',
  ): Promise<Admitted & { message: Message }> {
    const [found] = messageId ? await history.byIds(viewer.tenantId, [messageId]) : []
    const facts = await factsFor(viewer, found?.conversationId ?? null)
    if (!found || !hasHeard(facts, found)) throw new ChatError('NOT_FOUND')
    const admitted = admit(capability, facts)
    const seen = seenIn(admitted)
    const isHidden = async (userId: Uuid, id: Uuid) =>
      (await history.hidden(viewer.tenantId, [{ userId, messageId: id }]))[0] === true
    if (found.seq < seen.from || (await isHiddenFrom(found, seen, isHidden))) throw new ChatError('NOT_FOUND')
    return { ...admitted, message: seenBy(found, seen) }
  }

  return {
    to,
    toChange,
    toSee,
    ...createApproach({ acquaintances, aversions }),
    ...createListening({ memberships }),

    /** Whoever it is that is to be kept out or silent, a member or not: nobody above him, and not he himself. */
    async toRestrict(viewer: UserCaller, conversationId: Uuid | null, userId: Uuid): Promise<Admitted> {
      const admitted = await to('REMOVE_MEMBERS', viewer, conversationId)
      if (userId === viewer.userId) forbid('Nobody restricts himself')
      const { membership: target } = await factsFor({ ...viewer, userId }, conversationId)
      if (target) assertNotAbove(target, admitted.membership)
      return admitted
    },

    /** To shut a user out of the whole tenant. */
    toBanUser(viewer: UserCaller, target: User): void {
      if (viewer.role === 'USER') forbid('Only moderators and admins of the tenant ban users')
      if (target.id === viewer.userId) forbid('Nobody bans himself')
      if (target.role !== 'USER' && (viewer.role !== 'ADMIN' || target.role === 'ADMIN'))
        forbid('Only an admin bans a moderator, and only the back end an admin')
    },

    /** Throws STALE_WRITE for a deleted message, besides. */
    async toMessage(
      capability: MessageCapability,
      viewer: UserCaller,
      messageId: Uuid | null,
      limits: Limits,
    ): Promise<Admitted & { message: Message }> {
      const admitted = await toSee(viewer, messageId)
      if (admitted.message.deletedAt) throw new ChatError('STALE_WRITE', { message: 'The message has been deleted' })
      if (messageCapabilitiesOf(admitted, admitted.message, limits).includes(capability)) return admitted
      if (isTimedOut(admitted.membership)) forbid(silentUntil(admitted.membership))
      if (admitted.conversation.archivedAt) forbid('The conversation is archived')
      return forbid(admitted.isUnreachable ? UNREACHABLE : whyNotMessage(admitted, capability))
    },

    /** To be seen typing: who may post, except to a broadcast. */
    async toType(viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> {
      const admitted = await to('POST', viewer, conversationId)
      return admitted.conversation.kind === 'BROADCAST' ? forbid('A broadcast does not show who is typing') : admitted
    },

    /** Whose presence he may see: his own, and of those with whom he shares a conversation. null for all others, and for nobody. */
    toWatch: (viewer: UserCaller, userIds: readonly Uuid[]): Promise<(Acquaintance | null)[]> =>
      acquaintances.of(viewer, userIds),

    /** A guest knows of himself and of who is, or was, with him in his conversation. */
    async canMeet(caller: Caller | null, user: User): Promise<boolean> {
      if (caller?.kind !== 'USER' || caller.guestOf === null || caller.userId === user.id) return true
      const { tenantId, guestOf: conversationId } = caller
      const { membership, leftSeq } = await memberships.facts({ tenantId, conversationId, userId: user.id })
      return membership !== null || leftSeq !== null
    },

    /** For what answers null instead of an error: what he reads, and public channels that he may join. */
    async canKnow(viewer: UserCaller, conversationId: Uuid | null): Promise<Conversation | null> {
      const { conversation, membership } = await factsFor(viewer, conversationId)
      return conversation && (membership || isOpenToAll(conversation)) ? conversation : null
    },

    async capabilities(viewer: UserCaller, conversationId: Uuid): Promise<readonly Capability[]> {
      return capabilitiesOf(await factsFor(viewer, conversationId))
    },

    /** Throws NOT_FOUND for what he cannot know of; FORBIDDEN when it is not open to him. */
    async toJoin(viewer: UserCaller, conversationId: Uuid | null): Promise<Conversation> {
      const { conversation, membership, leftSeq } = await factsFor(viewer, conversationId)
      if (!conversation || !(membership || leftSeq !== null || isOpenToAll(conversation)))
        throw new ChatError('NOT_FOUND')
      return membership || isOpenToAll(conversation) ? conversation : forbid(WHY_NOT.JOIN)
    },
  }
}

function assertNotAbove(target: Membership, actor: Membership): void {
  const isAbove = target.role === 'OWNER' || (target.role === 'MANAGER' && actor.role === 'MODERATOR')
  if (isAbove && actor.role !== 'OWNER') forbid('Only an owner does this to an owner, and only a manager to a manager')
}

function admit(capability: Capability, facts: Facts): Admitted {
  const { conversation, membership, leftSeq } = facts
  if (!conversation || !(membership || leftSeq !== null || isOpenToAll(conversation))) throw new ChatError('NOT_FOUND')
  if (!membership) forbid(leftSeq === null ? 'Join the conversation first' : WHY_NOT.READ)
  if (capabilitiesOf(facts).includes(capability)) return { ...facts, conversation, membership }
  if (conversation.archivedAt && !isAllowedInArchive(capability)) forbid('The conversation is archived')
  if (isTimedOut(membership)) forbid(silentUntil(membership))
  if (facts.isUnreachable && isMeantFor(conversation, capability)) forbid(UNREACHABLE)
  return forbid(whyNot(conversation, membership, capability))
}

const silentUntil = ({ timedOutUntil }: Membership): string =>
  `You may read here, and no more until ${timedOutUntil?.toISOString()}`

function forbid(message: string): never {
  throw new ChatError('FORBIDDEN', { message })
}
