/**
 * What a viewer may do in a conversation: the only place that decides. The rules are a table; each decision throws NOT_FOUND for what the viewer
 * may not know of, FORBIDDEN with a reason for what he knows and may not do. append checks that the facts still hold under its locks.
 */
import { ChatError } from '../errors.ts'
import type { Capability, Conversation, MemberRole, Membership, UserCaller, Uuid } from '../model.ts'
import type { Facts, Memberships } from './memberships.ts'

export interface Admitted {
  conversation: Conversation
  membership: Membership
}

const BY_ROLE: Record<MemberRole, readonly Capability[]> = {
  OWNER: [
    'READ',
    'POST',
    'UPDATE',
    'ARCHIVE',
    'ADD_MEMBERS',
    'REMOVE_MEMBERS',
    'SET_ROLES',
    'TRANSFER_OWNERSHIP',
    'INVITE',
    'LEAVE',
  ],
  MANAGER: ['READ', 'POST', 'UPDATE', 'ARCHIVE', 'ADD_MEMBERS', 'REMOVE_MEMBERS', 'SET_ROLES', 'INVITE', 'LEAVE'],
  MODERATOR: ['READ', 'POST', 'REMOVE_MEMBERS', 'LEAVE'],
  MEMBER: ['READ', 'POST', 'LEAVE'],
  GUEST: ['READ', 'POST', 'LEAVE'],
}
const IN_DIRECT: readonly Capability[] = ['READ', 'POST']
const WHEN_ARCHIVED: readonly Capability[] = ['READ', 'ARCHIVE', 'LEAVE']
const MANAGING: readonly MemberRole[] = ['OWNER', 'MANAGER']

const WHY_NOT: Record<Capability, string> = {
  READ: 'You are no longer a member of this conversation',
  POST: 'Only its managers post to a broadcast',
  UPDATE: 'Only owners and managers change a conversation',
  ARCHIVE: 'Only owners and managers archive a conversation',
  ADD_MEMBERS: 'Only owners and managers change the members',
  REMOVE_MEMBERS: 'Only owners, managers and moderators remove members',
  SET_ROLES: 'Only owners and managers change roles',
  TRANSFER_OWNERSHIP: 'Only an owner hands ownership on',
  INVITE: 'Only owners and managers invite',
  LEAVE: 'A direct conversation cannot be left',
  JOIN: 'It cannot be joined without an invitation',
}

export function capabilitiesOf({
  conversation,
  membership,
}: Pick<Facts, 'conversation' | 'membership'>): readonly Capability[] {
  if (!conversation) return []
  if (!membership) return isOpenToAll(conversation) ? ['JOIN'] : []
  const { kind, archivedAt } = conversation
  const granted = kind === 'DIRECT' ? IN_DIRECT : BY_ROLE[membership.role]
  return granted
    .filter((capability) => archivedAt === null || WHEN_ARCHIVED.includes(capability))
    .filter((capability) => capability !== 'POST' || kind !== 'BROADCAST' || MANAGING.includes(membership.role))
}

const isOpenToAll = ({ visibility, archivedAt }: Conversation): boolean =>
  visibility === 'PUBLIC' && archivedAt === null

/** The first seq that he sees: with FROM_JOIN, that of his joining. */
export const visibleFrom = ({ conversation, membership }: Admitted): number =>
  conversation.history === 'FROM_JOIN' ? membership.joinedSeq : 1

/** As visibleFrom, also for who is no longer a member. */
export const heardFrom = ({ conversation, membership, leftFrom }: Facts): number =>
  conversation?.history === 'FROM_JOIN' ? (membership?.joinedSeq ?? leftFrom ?? 1) : 1

export type Access = ReturnType<typeof createAccess>

export function createAccess({ memberships }: { memberships: Memberships }) {
  const factsFor = ({ tenantId, userId }: UserCaller, conversationId: Uuid | null): Promise<Facts> =>
    conversationId
      ? memberships.facts({ tenantId, userId, conversationId })
      : Promise.resolve({ conversation: null, membership: null, leftSeq: null, leftFrom: null })

  async function to(capability: Capability, viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> {
    const facts = await factsFor(viewer, conversationId)
    const { conversation, membership, leftSeq } = facts
    if (!conversation || !(membership || leftSeq !== null || isOpenToAll(conversation)))
      throw new ChatError('NOT_FOUND')
    if (!membership) forbid(leftSeq === null ? 'Join the conversation first' : WHY_NOT.READ)
    if (capabilitiesOf(facts).includes(capability)) return { conversation, membership }
    if (conversation.archivedAt && !WHEN_ARCHIVED.includes(capability)) forbid('The conversation is archived')
    return forbid(
      conversation.kind === 'DIRECT' && capability !== 'LEAVE'
        ? 'A direct conversation has two equal members for ever'
        : WHY_NOT[capability],
    )
  }

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
    const isAbove = target.role === 'OWNER' || (target.role === 'MANAGER' && admitted.membership.role === 'MODERATOR')
    if (isAbove && admitted.membership.role !== 'OWNER')
      forbid('Only an owner does this to an owner, and only a manager to a manager')
    return { ...admitted, target }
  }

  return {
    to,
    toChange,

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

    /** What a subscription may hear: all while a member, and up to his own leaving for who was one. `upTo` null: to whatever comes. */
    async toListen(
      viewer: UserCaller,
      conversationId: Uuid | null,
    ): Promise<{ conversation: Conversation; upTo: number | null; from: number }> {
      const facts = await factsFor(viewer, conversationId)
      const { conversation, membership, leftSeq } = facts
      if (!conversation || !(membership || leftSeq !== null)) throw new ChatError('NOT_FOUND')
      return { conversation, upTo: membership ? null : leftSeq, from: heardFrom(facts) }
    },
  }
}

function forbid(message: string): never {
  throw new ChatError('FORBIDDEN', { message })
}
