/** Conversations and memberships as raw queries select them, and as the rest of the program knows them. */
import { sql } from '../db.ts'
import type { Contact, ContactState, Conversation, ConversationKind, MemberRole, Membership, Uuid } from '../model.ts'

/** Of `conversation c`. */
export const conversationColumns = sql`c.tenant_id as "tenantId", c.id, c.kind, c.title, c.topic, c.avatar_url as "avatarUrl", c.metadata, c.visibility, c.history,
  c.archived_at as "archivedAt", c.slow_mode_seconds as "slowModeSeconds", c.member_count as "memberCount", c.created_by as "createdBy", c.created_at as "createdAt",
  c.contact_state as "contactState", c.contact_by as "contactBy", c.contact_to as "contactTo"`

/** Of `membership m`. */
export const membershipColumns = sql`m.user_id as "userId", m.role, m.joined_seq as "joinedSeq", m.joined_at as "joinedAt", m.left_seq as "leftSeq",
  m.pin_order as "pinOrder", m.muted_until as "mutedUntil", m.hidden_seq as "hiddenSeq", m.read_seq as "readSeq", m.delivered_seq as "deliveredSeq"`

export interface ConversationRow
  extends Omit<Conversation, 'kind' | 'visibility' | 'history' | 'metadata' | 'contact'> {
  kind: string
  visibility: string
  history: string
  metadata: unknown
  contactState: string | null
  contactBy: Uuid | null
  contactTo: Uuid | null
}

export function conversationOf(row: ConversationRow): Conversation {
  const { tenantId, id, title, topic, avatarUrl, archivedAt, slowModeSeconds, memberCount, createdBy, createdAt } = row
  return {
    tenantId,
    id,
    title,
    topic,
    avatarUrl,
    archivedAt,
    slowModeSeconds,
    memberCount,
    createdBy,
    createdAt,
    kind: row.kind as ConversationKind,
    visibility: row.visibility as Conversation['visibility'],
    history: row.history as Conversation['history'],
    metadata: row.metadata as Conversation['metadata'],
    contact: contactOf(row),
  }
}

const contactOf = ({ contactState, contactBy, contactTo }: ConversationRow): Contact | null =>
  contactState && contactBy && contactTo ? { state: contactState as ContactState, by: contactBy, to: contactTo } : null

export interface MembershipRow {
  userId: Uuid
  role: string
  joinedSeq: bigint
  joinedAt: Date
  leftSeq: bigint | null
  pinOrder: number | null
  mutedUntil: Date | null
  hiddenSeq: bigint | null
  readSeq: bigint
  deliveredSeq: bigint
  timedOutUntil?: Date | null
}

export function membershipOf(
  { tenantId, conversationId }: { tenantId: Uuid; conversationId: Uuid },
  row: MembershipRow,
): Membership {
  const { userId, role, joinedSeq, joinedAt, leftSeq, pinOrder, mutedUntil, hiddenSeq } = row
  return {
    tenantId,
    conversationId,
    userId,
    role: role as MemberRole,
    joinedSeq: Number(joinedSeq),
    joinedAt,
    leftSeq: numberOr(leftSeq),
    pinOrder,
    mutedUntil,
    hiddenSeq: numberOr(hiddenSeq),
    readSeq: Number(row.readSeq),
    deliveredSeq: Number(row.deliveredSeq),
    timedOutUntil: row.timedOutUntil ?? null,
  }
}

const numberOr = (value: bigint | null): number | null => (value === null ? null : Number(value))
