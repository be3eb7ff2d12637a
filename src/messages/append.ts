/**
 * The only writer of the log, and the only publisher. Messages of all senders that wait while a transaction runs are stored together
 * by the next one (group commit); what is acknowledged has been committed. The judging is in SQL: append_messages_3.
 */
import type { Bus } from '../bus/bus.ts'
import { UNREACHABLE } from '../conversations/capabilities.ts'
import { type Db, sqlState, type Transaction, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { type ChatEvent, EVENT_VERSION, topicOf, topicsOf } from '../events.ts'
import { gathered } from '../lib/gathered.ts'
import type { Metrics } from '../metrics.ts'
import type { Message, Uuid } from '../model.ts'
import { writeWaiting } from './append-waiting.ts'
import { createChange, done, type Once } from './change.ts'
import type { Draft } from './draft.ts'
import { forget } from './forget.ts'
import { groupCommit } from './group-commit.ts'
import { createMembershipChanges } from './membership-changes.ts'
import { receipts } from './receipts.ts'

export interface MessageDraft extends Draft {
  tenantId: Uuid
  conversationId: Uuid
  /** null: the system speaks. */
  authorId: Uuid | null
  /** Whose client message ids these are: the author's, unless a server key speaks. */
  senderId?: Uuid
}

interface Said {
  message: Message
  deduplicated: boolean
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
    for (const event of events) for (const topic of topicsOf(event)) bus.publish(topic, event)
  }

  async function say(draft: MessageDraft, write: (draft: MessageDraft) => Promise<JudgedRow>): Promise<Said> {
    const done = metrics.appendSeconds.startTimer()
    const row = await write(draft).catch((error) => {
      throw unavailable(error)
    })
    done()
    metrics.appends.inc({ outcome: row.outcome })
    const message = messageOf(draft, row)
    if (row.outcome === 'SENT') publish([sentEvent(message, row)])
    return { message, deduplicated: row.outcome === 'REPEAT' }
  }

  const change = createChange({ db, publish, tell: receipts((receipt) => bus.publish(topicOf(receipt), receipt)) })

  return {
    /** Throws NOT_FOUND, FORBIDDEN, IDEMPOTENCY_CONFLICT, INVALID_INPUT (the reply) or SERVICE_UNAVAILABLE. */
    message: (draft: MessageDraft): Promise<Said> => say(draft, commit),

    /** Of who waits to be accepted, and says no more than `max` before. Throws LIMIT_EXCEEDED besides. */
    messageOfStranger: (draft: MessageDraft, max: number): Promise<Said> =>
      say(draft, () => writeWaiting(db, draft, { max, write: (tx) => writeOne(tx, draft) })),

    /** Whether a message was stored under that id: sending it again is a repeat. Asked of what is refused else: many at a time, since a flood must cost little. */
    isStored: gathered<SentKey, boolean>((keys) => readStored(db, keys), { most: 500, stormMs: 250 }),

    /** Whatever else happens in streams: see change.ts. */
    change,
    /** What was answered before under a client's id. */
    done: <Result>(key: Once) => done<Result>(db, key),
    changes: createMembershipChanges(change),
    /** Forgets answers and client ids older than so many days, a batch of each. */
    forget: (days: number) => forget(db, days),

    /** Resolves when every draft that was handed in has its answer. */
    drain: (): Promise<void> => commit.drain(),
  }
}

interface SentKey {
  tenantId: Uuid
  conversationId: Uuid
  senderId: Uuid
  clientMessageId: string
}

async function readStored(db: Db, keys: readonly SentKey[]): Promise<boolean[]> {
  const given = JSON.stringify(keys.map((key, ord) => ({ ord, ...key })))
  const rows = await db.$queryRaw<{ ord: number }[]>`
    select k.ord from jsonb_to_recordset(${given}::jsonb) as k(ord integer, "tenantId" uuid, "conversationId" uuid, "senderId" uuid, "clientMessageId" text)
    join sent s on s.tenant_id = k."tenantId" and s.conversation_id = k."conversationId" and s.author_id = k."senderId" and s.client_message_id = k."clientMessageId"`.catch(
    (error) => {
      throw unavailable(error)
    },
  )
  const stored = new Set(rows.map(({ ord }) => ord))
  return keys.map((_, ord) => stored.has(ord))
}

// ---------------------------------------------------------------------------------------------------- messages

interface JudgedRow {
  ord: number
  outcome:
    | 'SENT'
    | 'REPEAT'
    | 'CONFLICT'
    | 'GONE'
    | 'FORBIDDEN'
    | 'NO_REPLY'
    | 'NO_THREAD'
    | 'ARCHIVED'
    | 'NO_ATTACHMENT'
    | 'UNREACHABLE'
  message_id: Uuid
  seq: bigint
  position: bigint
  at: Date
  epoch: bigint
}

async function writeOne(tx: Transaction, draft: MessageDraft): Promise<JudgedRow> {
  const [row] = await writeMessages(tx, [draft])
  if (!row) throw new Error('the database did not judge a message')
  return row
}

async function writeMessages(db: Pick<Db, '$queryRaw'>, drafts: readonly MessageDraft[]): Promise<JudgedRow[]> {
  const given = drafts.map(
    ({ tenantId, conversationId, authorId, senderId, clientMessageId, replyToId, threadId, ...draft }, ord) => ({
      ord,
      tenant: tenantId,
      conversation: conversationId,
      author: authorId,
      sender: senderId ?? authorId,
      client_id: clientMessageId,
      reply_to: replyToId,
      thread: threadId,
      also: draft.alsoInConversation,
      hash: draft.hash,
      text: draft.text,
      metadata: draft.metadata,
      silent: draft.silent,
      urgency: draft.urgency,
      mentions: draft.mentions.length ? draft.mentions : null,
      // Not even named where there are none: by that append_messages_3 knows that it need not look at files.
      attachments: draft.attachmentIds.length ? draft.attachmentIds : undefined,
      expires: draft.expiresAt ?? undefined,
    }),
  )
  return db.$queryRaw<JudgedRow[]>`select * from append_messages_3(${JSON.stringify(given)}::jsonb)`
}

function messageOf(draft: MessageDraft, row: JudgedRow): Message {
  switch (row.outcome) {
    case 'GONE':
      throw new ChatError('NOT_FOUND')
    case 'FORBIDDEN':
      throw new ChatError('FORBIDDEN', { message: 'You are no longer a member of this conversation' })
    case 'ARCHIVED':
      throw new ChatError('FORBIDDEN', { message: 'The conversation is archived' })
    case 'UNREACHABLE':
      throw new ChatError('FORBIDDEN', { message: UNREACHABLE })
    case 'CONFLICT':
      throw new ChatError('IDEMPOTENCY_CONFLICT')
    case 'NO_REPLY':
      throw new ChatError('INVALID_INPUT', {
        message: 'input.replyToId is no message of this conversation',
        path: 'input.replyToId',
      })
    case 'NO_THREAD':
      throw new ChatError('INVALID_INPUT', {
        message: 'input.threadId is no message of this conversation that a thread can hang on',
        path: 'input.threadId',
      })
    case 'NO_ATTACHMENT':
      throw new ChatError('INVALID_INPUT', {
        message: 'input.attachmentIds names what is no file of yours that is uploaded and not sent yet',
        path: 'input.attachmentIds',
      })
  }
  const { hash: _, senderId: __, attachmentIds, ...said } = draft
  return {
    ...said,
    ...UNTOUCHED,
    attachmentCount: attachmentIds.length,
    id: row.message_id,
    seq: Number(row.seq),
    createdAt: row.at,
  }
}

/** What has happened to a message that was just sent. */
const UNTOUCHED = {
  revision: 0,
  editedAt: null,
  deletedAt: null,
  deletedBy: null,
  pinnedAt: null,
  pinnedBy: null,
  hasThread: false,
  reactionKinds: 0,
  hiddenCount: 0,
} as const

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
