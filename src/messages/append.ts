/**
 * The only writer of the log, and the only publisher. Messages of all senders that wait while a transaction runs are stored together
 * by the next one (group commit); what is acknowledged has been committed. The judging is in SQL: append_messages_1 and append_changes_1.
 */
import type { Bus } from '../bus/bus.ts'
import { type Db, sqlState, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import {
  type ChatEvent,
  EVENT_VERSION,
  type LeaveReason,
  type MembershipDetail,
  membershipEvent,
  topicOf,
} from '../events.ts'
import type { Metrics } from '../metrics.ts'
import type { Conversation, MemberRole, Message, Uuid } from '../model.ts'
import type { Draft } from './draft.ts'
import { groupCommit } from './group-commit.ts'

export interface MessageDraft extends Draft {
  tenantId: Uuid
  conversationId: Uuid
  authorId: Uuid
}

export type Change =
  | { change: 'JOINED'; userId: Uuid; role: MemberRole }
  | { change: 'LEFT'; userId: Uuid; reason: LeaveReason }

export interface Changes {
  tenantId: Uuid
  conversationId: Uuid
  actorId: Uuid
  /** Set to begin the conversation with this very transaction. */
  create?: Pick<Conversation, 'kind' | 'title'> & { directKey: string | null }
  /** The role on which access.ts decided: it must still hold. */
  actorRole?: MemberRole
  changes: readonly Change[]
}

export type Append = ReturnType<typeof createAppend>

interface Dependencies {
  db: Db
  bus: Bus
  metrics: Metrics
}

const MAX_BATCH = 256

export function createAppend({ db, bus, metrics }: Dependencies) {
  const commit = groupCommit<MessageDraft, JudgedRow>({
    maxBatch: MAX_BATCH,
    write: (drafts) => writeMessages(db, drafts),
    isBadData,
    onBatch: (size) => metrics.appendBatch.observe(size),
  })
  function publish(events: readonly ChatEvent[]): void {
    for (const event of events) bus.publish(topicOf(event), event)
  }

  return {
    /** Throws NOT_FOUND, FORBIDDEN, IDEMPOTENCY_CONFLICT, INVALID_INPUT (the reply) or SERVICE_UNAVAILABLE. */
    async message(draft: MessageDraft): Promise<{ message: Message; deduplicated: boolean }> {
      const done = metrics.appendSeconds.startTimer()
      const row = await commit(draft).catch((error) => {
        throw unavailable(error)
      })
      done()
      metrics.appends.inc({ outcome: row.outcome })
      const message = messageOf(draft, row)
      if (row.outcome === 'SENT') publish([sentEvent(message, row)])
      return { message, deduplicated: row.outcome === 'REPEAT' }
    },

    /** All or nothing. `existing` is set when a direct conversation of the pair was there already. Throws FORBIDDEN when the actor's role was just taken, or SERVICE_UNAVAILABLE. */
    async changes(changes: Changes): Promise<{ events: ChatEvent[]; existing: Uuid | null }> {
      const rows = await writeChanges(db, changes).catch((error) => {
        throw unavailable(error)
      })
      const [first] = rows
      if (first?.outcome === 'STALE')
        throw new ChatError('FORBIDDEN', { message: 'Your role in this conversation has just changed' })
      if (first?.outcome === 'EXISTS') return { events: [], existing: first.stream_id }
      const events = rows.map((row) => changeEvent(changes, row))
      publish(events)
      return { events, existing: null }
    },

    /** Resolves when every draft that was handed in has its answer. */
    drain: (): Promise<void> => commit.drain(),
  }
}

// ---------------------------------------------------------------------------------------------------- messages

interface JudgedRow {
  ord: number
  outcome: 'SENT' | 'REPEAT' | 'CONFLICT' | 'GONE' | 'FORBIDDEN' | 'NO_REPLY'
  message_id: Uuid
  seq: bigint
  position: bigint
  at: Date
  epoch: bigint
}

async function writeMessages(db: Db, drafts: readonly MessageDraft[]): Promise<JudgedRow[]> {
  const given = drafts.map(
    ({ tenantId, conversationId, authorId, clientMessageId, hash, text, replyToId, metadata }, ord) => ({
      ord,
      tenant: tenantId,
      conversation: conversationId,
      author: authorId,
      client_id: clientMessageId,
      hash,
      text,
      reply_to: replyToId,
      metadata,
    }),
  )
  return db.$queryRaw<JudgedRow[]>`select * from append_messages_1(${JSON.stringify(given)}::jsonb)`
}

function messageOf(draft: MessageDraft, row: JudgedRow): Message {
  switch (row.outcome) {
    case 'GONE':
      throw new ChatError('NOT_FOUND')
    case 'FORBIDDEN':
      throw new ChatError('FORBIDDEN', { message: 'You are no longer a member of this conversation' })
    case 'CONFLICT':
      throw new ChatError('IDEMPOTENCY_CONFLICT')
    case 'NO_REPLY':
      throw new ChatError('INVALID_INPUT', {
        message: 'input.replyToId is no message of this conversation',
        path: 'input.replyToId',
      })
  }
  const { tenantId, conversationId, authorId, clientMessageId, text, replyToId, metadata } = draft
  return {
    tenantId,
    id: row.message_id,
    conversationId,
    seq: Number(row.seq),
    authorId,
    clientMessageId,
    text,
    replyToId,
    metadata,
    createdAt: row.at,
  }
}

function sentEvent(message: Message, { position, epoch }: JudgedRow): ChatEvent {
  const { tenantId, conversationId, seq, createdAt, authorId } = message
  return {
    version: EVENT_VERSION,
    kind: 'MESSAGE_SENT',
    tenantId,
    streamId: conversationId,
    seq,
    position,
    epoch,
    at: createdAt,
    actorId: authorId,
    message,
  }
}

/** Classes 22 and 23: a draft holds what the database refuses, so the fault is in one draft and not in the database. */
const isBadData = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '')

// ---------------------------------------------------------------------------------------------------- membership

interface ChangeRow {
  outcome: 'DONE' | 'STALE' | 'EXISTS'
  stream_id: Uuid
  seq: bigint
  position: bigint
  kind: ChatEvent['kind']
  at: Date
  subject_id: Uuid
  detail: MembershipDetail
  epoch: bigint
}

async function writeChanges(
  db: Db,
  { tenantId, conversationId, actorId, actorRole, create, changes }: Changes,
): Promise<ChangeRow[]> {
  const begin = create ? JSON.stringify({ kind: create.kind, title: create.title, direct_key: create.directKey }) : null
  const given = JSON.stringify(
    changes.map((change, ord) => ({
      ord,
      change: change.change,
      user_id: change.userId,
      ...(change.change === 'JOINED' ? { role: change.role } : { reason: change.reason }),
    })),
  )
  return db.$queryRaw<
    ChangeRow[]
  >`select * from append_changes_1(${tenantId}::uuid, ${conversationId}::uuid, ${actorId}::uuid, ${actorRole ?? null}, ${begin}::jsonb, ${given}::jsonb)`
}

function changeEvent({ tenantId, actorId }: Changes, row: ChangeRow): ChatEvent {
  const logged = {
    version: EVENT_VERSION,
    tenantId,
    streamId: row.stream_id,
    seq: Number(row.seq),
    position: row.position,
    epoch: row.epoch,
    at: row.at,
    actorId,
  } as const
  return membershipEvent(logged, row.kind, row.subject_id, row.detail)
}
