/** May this viewer read, post to, manage or leave this conversation? The only place that decides; append checks that the facts still hold. */
import { ChatError } from '../errors.ts'
import type { Conversation, MemberRole, Membership, UserCaller, Uuid } from '../model.ts'
import type { Facts, Memberships } from './memberships.ts'

export interface Admitted {
  conversation: Conversation
  membership: Membership
}

const MANAGING: readonly MemberRole[] = ['OWNER', 'MANAGER']

export type Access = ReturnType<typeof createAccess>

/** Each throws NOT_FOUND for what the viewer may not know of, FORBIDDEN for what he knows and may not do. */
export function createAccess({ memberships }: { memberships: Memberships }) {
  const factsFor = ({ tenantId, userId }: UserCaller, conversationId: Uuid | null): Promise<Facts> =>
    conversationId
      ? memberships.facts({ tenantId, userId, conversationId })
      : Promise.resolve({ conversation: null, membership: null, leftSeq: null })

  async function toRead(viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> {
    const { conversation, membership, leftSeq } = await factsFor(viewer, conversationId)
    if (conversation && membership) return { conversation, membership }
    throw new ChatError(
      leftSeq === null ? 'NOT_FOUND' : 'FORBIDDEN',
      leftSeq === null ? {} : { message: 'You are no longer a member of this conversation' },
    )
  }

  async function toManageMembers(viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> {
    const admitted = await toRead(viewer, conversationId)
    if (admitted.conversation.kind === 'DIRECT') forbid('A direct conversation has two members for ever')
    if (!MANAGING.includes(admitted.membership.role)) forbid('Only owners and managers change the members')
    return admitted
  }

  return {
    toRead,

    /** For what answers null instead of an error. */
    async canRead(viewer: UserCaller, conversationId: Uuid | null): Promise<Conversation | null> {
      const { conversation, membership } = await factsFor(viewer, conversationId)
      return membership && conversation
    },

    async toPost(viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> {
      const admitted = await toRead(viewer, conversationId)
      if (admitted.conversation.kind === 'BROADCAST' && !MANAGING.includes(admitted.membership.role))
        forbid('Only its managers post to a broadcast')
      return admitted
    },

    toManageMembers,

    async toRemove(
      viewer: UserCaller,
      conversationId: Uuid | null,
      userId: Uuid | null,
    ): Promise<Admitted & { target: Uuid }> {
      const admitted = await toManageMembers(viewer, conversationId)
      const { membership } = await factsFor({ ...viewer, userId: userId ?? viewer.userId }, conversationId)
      if (!userId || !membership)
        throw new ChatError('NOT_FOUND', { message: 'There is no such member', path: 'input.userId' })
      if (membership.role === 'OWNER' && admitted.membership.role !== 'OWNER') forbid('Only an owner removes an owner')
      return { ...admitted, target: userId }
    },

    async toLeave(viewer: UserCaller, conversationId: Uuid | null): Promise<Admitted> {
      const admitted = await toRead(viewer, conversationId)
      if (admitted.conversation.kind === 'DIRECT') forbid('A direct conversation cannot be left')
      return admitted
    },

    /** What a subscription may hear: all while a member, and up to his own leaving for who was one. `upTo` null: to whatever comes. */
    async toListen(
      viewer: UserCaller,
      conversationId: Uuid | null,
    ): Promise<{ conversation: Conversation; upTo: number | null }> {
      const { conversation, membership, leftSeq } = await factsFor(viewer, conversationId)
      if (conversation && (membership || leftSeq !== null)) return { conversation, upTo: membership ? null : leftSeq }
      throw new ChatError('NOT_FOUND')
    },
  }
}

function forbid(message: string): never {
  throw new ChatError('FORBIDDEN', { message })
}
