/** What users have said to be sent later, and the timed work that sends it. The only file that writes `scheduled_message`. */
import { type Db, sql, type Transaction } from '../db.ts'
import type { ScheduledOutcome } from '../events.ts'
import { idIn, jobKind } from '../jobs/kind.ts'
import type { Jobs } from '../jobs/queue.ts'
import { newUuid } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'
import type { Changing } from './change.ts'

export interface ScheduledName {
  tenantId: Uuid
  id: Uuid
}

/** What is to be said, with ids as the API has them: read anew when it is due. */
export interface ScheduledInput {
  text: string
  attachmentIds?: readonly string[] | null
  expiresAt?: Date | null
}

export interface ScheduledMessage extends ScheduledName {
  authorId: Uuid
  conversationId: Uuid
  input: ScheduledInput
  dueAt: Date
  createdAt: Date
  state: 'WAITING' | 'SENDING' | 'FAILED'
  failureCode: string | null
  failureExplanation: string | null
}

/** A try that has to wait is made again for longer than it may be late at all. */
export const sendScheduledKind = jobKind<ScheduledName>({
  name: 'send-scheduled',
  parse: idIn,
  retries: 40,
  expireSeconds: 60,
})

/** What says of it that it is stored: a repeat is none. */
export const clientMessageIdOf = ({ id }: ScheduledName): string => `scheduled ${id}`

const columns = sql`s.tenant_id as "tenantId", s.id, s.author_id as "authorId", s.conversation_id as "conversationId", s.input, s.due_at as "dueAt",
  s.created_at as "createdAt", s.state, s.failure_code as "failureCode", s.failure_explanation as "failureExplanation"`

type Row = Omit<ScheduledMessage, 'input'> & {
  input: Omit<ScheduledInput, 'expiresAt'> & { expiresAt?: string | null }
}

const scheduledOf = ({ input: { expiresAt, ...input }, ...row }: Row): ScheduledMessage => ({
  ...row,
  input: { ...input, expiresAt: expiresAt ? new Date(expiresAt) : null },
})

export type ScheduledMessages = ReturnType<typeof createScheduledMessages>

export function createScheduledMessages({ db, jobs }: { db: Db; jobs: Jobs }) {
  async function plan(tx: Transaction, { tenantId, id }: ScheduledName, at: Date): Promise<Uuid> {
    return jobs.send(sendScheduledKind, { tenantId, id }, { tx, at, id: newUuid() })
  }

  async function dropJob(tx: Transaction, { tenantId, id }: ScheduledName): Promise<void> {
    const { jobId } = await tx.scheduledMessage.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } })
    await jobs.drop(sendScheduledKind, jobId, { tx })
  }

  return {
    /** Under the lock of the author's own stream, as all that takes `changing`. */
    async schedule(changing: Changing, given: NewScheduled): Promise<void> {
      const { tenantId, id, authorId, conversationId, input, dueAt } = given
      const jobId = await plan(changing.tx, given, dueAt)
      await changing.tx.$executeRaw`
        insert into scheduled_message (tenant_id, id, author_id, conversation_id, input, due_at, created_at, job_id)
        values (${tenantId}::uuid, ${id}::uuid, ${authorId}::uuid, ${conversationId}::uuid, ${JSON.stringify(input)}::jsonb, ${dueAt}, ${changing.at}, ${jobId}::uuid)`
      tell(changing, given, 'WAITING')
    },

    /** Also of what has failed: it is tried again then. */
    async reschedule(changing: Changing, scheduled: ScheduledMessage, dueAt: Date): Promise<void> {
      const { tenantId, id } = scheduled
      await dropJob(changing.tx, scheduled)
      const jobId = await plan(changing.tx, scheduled, dueAt)
      await changing.tx.$executeRaw`
        update scheduled_message set due_at = ${dueAt}, job_id = ${jobId}::uuid, state = 'WAITING', failure_code = null, failure_explanation = null
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`
      tell(changing, scheduled, 'WAITING')
    },

    async cancel(changing: Changing, scheduled: ScheduledMessage): Promise<void> {
      await dropJob(changing.tx, scheduled)
      await remove(changing.tx, scheduled)
      tell(changing, scheduled, 'CANCELLED')
    },

    // ------------------------------------------------------------------------------------------ when it is due

    /** From here on it cannot be taken back. null: it is not due, or no longer there. */
    async take({ tenantId, id }: ScheduledName): Promise<ScheduledMessage | null> {
      const [taken] = await db.$queryRaw<Row[]>`
        update scheduled_message s set state = 'SENDING'
        where s.tenant_id = ${tenantId}::uuid and s.id = ${id}::uuid and s.state in ('WAITING', 'SENDING') and s.due_at <= now() + interval '1 second' returning ${columns}`
      return taken ? scheduledOf(taken) : null
    },

    /** It is tried again later, and may be taken back until then. */
    async giveBack({ tenantId, id }: ScheduledName): Promise<void> {
      await db.$executeRaw`
        update scheduled_message set state = 'WAITING' where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'SENDING'`
    },

    /** As what message it is stored already. */
    async sentAs({ tenantId, conversationId, authorId, id }: ScheduledMessage): Promise<Uuid | null> {
      const clientMessageId = clientMessageIdOf({ tenantId, id })
      const sent = await db.sent.findUnique({
        where: {
          tenantId_conversationId_authorId_clientMessageId: { tenantId, conversationId, authorId, clientMessageId },
        },
      })
      return sent?.messageId ?? null
    },

    async sent(changing: Changing, scheduled: ScheduledMessage, messageId: Uuid): Promise<void> {
      if (await remove(changing.tx, scheduled)) tell(changing, scheduled, 'SENT', { messageId })
    },

    async failed(changing: Changing, scheduled: ScheduledMessage, { code, explanation }: Failure): Promise<void> {
      const { tenantId, id } = scheduled
      const failed = await changing.tx.$executeRaw`
        update scheduled_message set state = 'FAILED', failure_code = ${code}, failure_explanation = ${explanation}
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'SENDING'`
      if (failed) tell(changing, scheduled, 'FAILED', { code, explanation })
    },

    // ------------------------------------------------------------------------------------------ reading

    async byId({ tenantId, id }: ScheduledName, reading: Pick<Db, '$queryRaw'> = db): Promise<ScheduledMessage | null> {
      const [found] = await reading.$queryRaw<Row[]>`
        select ${columns} from scheduled_message s where s.tenant_id = ${tenantId}::uuid and s.id = ${id}::uuid`
      return found ? scheduledOf(found) : null
    },

    count: (
      { tenantId, authorId }: Pick<ScheduledMessage, 'tenantId' | 'authorId'>,
      tx: Transaction,
    ): Promise<number> => tx.scheduledMessage.count({ where: { tenantId, authorId } }),

    /** Of one author, what is due first. */
    async page(
      {
        tenantId,
        authorId,
        conversationId,
      }: Pick<ScheduledMessage, 'tenantId' | 'authorId'> & { conversationId: Uuid | null },
      { after, limit }: { after: { dueAt: string; id: Uuid } | null; limit: number },
    ): Promise<ScheduledMessage[]> {
      const rows = await db.$queryRaw<Row[]>`
        select ${columns} from scheduled_message s
        where s.tenant_id = ${tenantId}::uuid and s.author_id = ${authorId}::uuid
          and ${conversationId === null ? sql`true` : sql`s.conversation_id = ${conversationId}::uuid`}
          and ${after === null ? sql`true` : sql`(s.due_at, s.id) > (${after.dueAt}::timestamptz, ${after.id}::uuid)`}
        order by s.due_at, s.id limit ${limit}`
      return rows.map(scheduledOf)
    },
  }
}

export type NewScheduled = Pick<ScheduledMessage, 'tenantId' | 'id' | 'authorId' | 'conversationId' | 'input' | 'dueAt'>

/** `code`: an ErrorCode, or TOO_LATE. */
export interface Failure {
  code: string
  explanation: string
}

const remove = (tx: Transaction, { tenantId, id }: ScheduledName): Promise<number> =>
  tx.$executeRaw`delete from scheduled_message where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`

function tell(
  { record }: Changing,
  { id: scheduledId, authorId, conversationId }: Pick<ScheduledMessage, 'id' | 'authorId' | 'conversationId'>,
  state: ScheduledOutcome,
  more: Partial<Failure> & { messageId?: Uuid } = {},
): void {
  const told = { messageId: null, code: null, explanation: null, ...more }
  record(authorId, { kind: 'SCHEDULED_MESSAGE_CHANGED', scheduledId, conversationId, state, ...told })
}
