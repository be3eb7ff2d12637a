/** Who becomes a member and who is one no longer, and a conversation's beginning with its first members: the rows and the events of both logs. */
import { ChatError } from '../errors.ts'
import type { ChatEvent, LeaveReason } from '../events.ts'
import type { Contact, Conversation, MemberRole, Uuid } from '../model.ts'
import type { Change, ChangeRequest, Changing, Once } from './change.ts'

export type MembershipChange =
  | { change: 'JOINED'; userId: Uuid; role: MemberRole }
  | { change: 'LEFT'; userId: Uuid; reason: LeaveReason; explanation?: string | null }

export type NewConversation = Pick<Conversation, 'kind' | 'title'> &
  Partial<Pick<Conversation, 'topic' | 'avatarUrl' | 'metadata' | 'visibility' | 'history'>> & {
    directKey: string | null
    /** Who asks whom, of a direct one between strangers. */
    contact?: Pick<Contact, 'by' | 'to'> | null
  }

export interface Changes {
  tenantId: Uuid
  conversationId: Uuid
  actorId: Uuid | null
  /** Set to begin the conversation with this very transaction. */
  create?: NewConversation
  /** The role on which access.ts decided: it must still hold. */
  actorRole?: MemberRole
  changes: readonly MembershipChange[]
  once?: Once | null
  /** What else belongs to it, in the same transaction: an invite's use, say. */
  also?: (changing: Changing) => Promise<void>
}

export interface Changed {
  conversationId: Uuid
  /** The conversation is a direct one that was there already; nothing was changed. */
  existed: boolean
  /** Of both logs; none of a repeat. */
  events: readonly ChatEvent[]
}

/** All or nothing; what is already so is passed over. Throws FORBIDDEN when the actor's role was just taken, or who is to join is banned. */
export function createMembershipChanges(change: Change) {
  /** `answer`: what else is answered, by a repeat too. */
  return async <Answer extends Readonly<Record<string, string>> = Readonly<Record<never, string>>>({
    tenantId,
    conversationId,
    actorId,
    create,
    actorRole,
    changes,
    once = null,
    also,
    answer,
  }: Changes & { answer?: Answer }): Promise<Changed & Answer> => {
    const request: ChangeRequest = {
      tenantId,
      actorId,
      streams: [conversationId, ...changes.map(({ userId }) => userId)],
      once,
      ...(actorRole && actorId && { holds: { conversationId, userId: actorId, role: actorRole } }),
    }
    let events: readonly ChatEvent[] = []
    const result = await change(request, async (changing) => {
      const existing = create && (await begin(changing, { tenantId, conversationId, actorId, create }))
      if (existing) return { conversationId: existing, existed: true }
      await also?.(changing)
      const before = create ? NOBODY : await readBefore(changing, { tenantId, conversationId, changes })
      await apply(changing, { tenantId, conversationId, changes, before })
      events = changing.events
      return { conversationId, existed: false, ...answer }
    })
    return { ...(result as typeof result & Answer), events }
  }
}

/** Answers the id of the direct conversation that the pair has already. */
async function begin(
  { tx }: Changing,
  {
    tenantId,
    conversationId,
    actorId,
    create,
  }: Pick<Changes, 'tenantId' | 'conversationId' | 'actorId'> & { create: NewConversation },
): Promise<Uuid | null> {
  const {
    kind,
    title,
    directKey,
    topic = null,
    avatarUrl = null,
    metadata = null,
    visibility = 'PRIVATE',
    history = 'ALL',
    contact = null,
  } = create
  const begun = await tx.$queryRaw<{ id: Uuid }[]>`
    with begun as (insert into conversation (tenant_id, id, kind, title, direct_key, topic, avatar_url, metadata, visibility, history, created_by, contact_state, contact_by, contact_to)
    values (${tenantId}::uuid, ${conversationId}::uuid, ${kind}, ${title}, ${directKey}, ${topic}, ${avatarUrl}, ${metadata && JSON.stringify(metadata)}::jsonb, ${visibility}, ${history}, ${actorId}::uuid,
      ${contact && 'REQUESTED'}, ${contact?.by ?? null}::uuid, ${contact?.to ?? null}::uuid)
    on conflict (tenant_id, direct_key) do nothing returning tenant_id, id)
    insert into stream (tenant_id, id) select tenant_id, id from begun returning id`
  if (begun.length) return null
  return (await tx.conversation.findFirstOrThrow({ where: { tenantId, directKey }, select: { id: true } })).id
}

/** Of those whom it is about. */
interface Before {
  members: ReadonlySet<Uuid>
  banned: ReadonlySet<Uuid>
}

/** In a conversation that begins. */
const NOBODY: Before = { members: new Set(), banned: new Set() }

async function readBefore(
  { tx }: Changing,
  { tenantId, conversationId, changes }: Pick<Changes, 'tenantId' | 'conversationId' | 'changes'>,
): Promise<Before> {
  const ids = changes.map(({ userId }) => userId)
  const known = await tx.$queryRaw<{ userId: Uuid; isBanned: boolean }[]>`
    select user_id as "userId", false as "isBanned" from membership where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and left_seq is null and user_id = any(${ids}::uuid[])
    union all select user_id, true from restriction where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and user_id = any(${ids}::uuid[])
      and kind = 'BAN' and (until is null or until > now())`
  return {
    members: new Set(known.flatMap(({ userId, isBanned }) => (isBanned ? [] : userId))),
    banned: new Set(known.flatMap(({ userId, isBanned }) => (isBanned ? userId : []))),
  }
}

async function apply(
  { tx, record, at, positionOf }: Changing,
  {
    tenantId,
    conversationId,
    changes,
    before: { members, banned },
  }: Pick<Changes, 'tenantId' | 'conversationId' | 'changes'> & { before: Before },
): Promise<void> {
  if (changes.some(({ change, userId }) => change === 'JOINED' && banned.has(userId)))
    throw new ChatError('FORBIDDEN', {
      message: 'A ban keeps somebody out of this conversation until it is lifted or over',
    })
  const effective = changes.filter((each) => (each.change === 'JOINED') !== members.has(each.userId))
  if (!effective.length) return
  const rows = effective.map((each) => ({ ...each, seq: recordBoth(record, conversationId, each) }))
  await tx.$executeRaw`
    with change as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(change text, "userId" uuid, seq bigint, role text)),
    joined as (
      insert into membership (tenant_id, conversation_id, user_id, joined_seq, role, joined_at, read_seq, delivered_seq, read_ordinal, joined_ordinal)
      select s.tenant_id, s.id, c."userId", c.seq, c.role, ${at}, c.seq, c.seq, s.counted, s.counted
      from change c join stream s on s.tenant_id = ${tenantId}::uuid and s.id = ${conversationId}::uuid where c.change = 'JOINED'),
    ended as (
      update membership m set left_seq = c.seq, left_position = ${positionOf(conversationId)}, left_at = ${at}
      from change c where c.change = 'LEFT' and m.tenant_id = ${tenantId}::uuid and m.conversation_id = ${conversationId}::uuid and m.user_id = c."userId" and m.left_seq is null)
    update conversation set member_count = member_count + (select sum(case when change = 'JOINED' then 1 else -1 end) from change)
    where tenant_id = ${tenantId}::uuid and id = ${conversationId}::uuid`
}

/** In the conversation's log, and in the user's own: there he learns of it on all his devices. */
function recordBoth(record: Changing['record'], conversationId: Uuid, each: MembershipChange): number {
  if (each.change === 'JOINED') {
    const seq = record(conversationId, { kind: 'MEMBER_JOINED', userId: each.userId, role: each.role })
    record(each.userId, { kind: 'CONVERSATION_JOINED', conversationId, conversationSeq: seq })
    return seq
  }
  const seq = record(conversationId, { kind: 'MEMBER_LEFT', userId: each.userId, reason: each.reason })
  record(each.userId, {
    kind: 'CONVERSATION_LEFT',
    conversationId,
    conversationSeq: seq,
    reason: each.reason,
    explanation: each.explanation ?? null,
  })
  return seq
}
