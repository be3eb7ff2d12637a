/** Reading conversations: by id, and a viewer's list by newest activity. */
import { type Db, jsonNull, type Transaction } from '../db.ts'
import type { Conversation, Uuid } from '../model.ts'
import { type ConversationRow, conversationColumns, conversationOf } from './rows.ts'

type Listed = { pinOrder: number; lastPosition: bigint }
export type ListedConversation = Conversation & Listed

type Details = Pick<
  Conversation,
  'title' | 'topic' | 'avatarUrl' | 'metadata' | 'visibility' | 'history' | 'slowModeSeconds'
>

export interface ListPlace {
  pinOrder: number
  position: bigint
  id: Uuid
}

/** Behind whatever place somebody gives. */
const NOT_PINNED = 1e300

export type Conversations = ReturnType<typeof createConversations>

export function createConversations({ db }: { db: Db }) {
  return {
    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<Conversation[]> {
      return (await db.conversation.findMany({ where: { tenantId, id: { in: [...ids] } } })).map(conversationOf)
    },

    async direct(tenantId: Uuid, directKey: string): Promise<Conversation | null> {
      const row = await db.conversation.findUnique({ where: { tenantId_directKey: { tenantId, directKey } } })
      return row && conversationOf(row)
    },

    /** Those of which the user is a member now, without what he has hidden until something is said, and what waits for his answer: his pinned ones first, then by newest activity. */
    async page(
      tenantId: Uuid,
      userId: Uuid,
      { after, limit, archived = false }: { after: ListPlace | null; limit: number; archived?: boolean },
    ): Promise<ListedConversation[]> {
      // Streams are read by key, whatever the planner believes: it read all of the tenant's. Conversations come after the sorting, for as many as are shown.
      const rows = await db.$queryRaw<(ConversationRow & Listed)[]>`
        select ${conversationColumns}, o.pin_order as "pinOrder", o.last_position as "lastPosition"
        from (
          select m.tenant_id, m.conversation_id, coalesce(m.pin_order, ${NOT_PINNED}::float8) as pin_order, s.last_position
          from membership m
          cross join lateral (select s.last_seq, s.last_position from stream s where s.tenant_id = m.tenant_id and s.id = m.conversation_id limit 1) s
          where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid and m.left_seq is null
            and (m.hidden_seq is null or s.last_seq > m.hidden_seq)
            and (${after === null} or (coalesce(m.pin_order, ${NOT_PINNED}::float8), -s.last_position, m.conversation_id) > (${after?.pinOrder ?? 0}::float8, ${-(after?.position ?? 0n)}::bigint, ${after?.id ?? null}::uuid))
          order by 3, s.last_position desc, m.conversation_id
        ) o
        cross join lateral (select * from conversation c where c.tenant_id = o.tenant_id and c.id = o.conversation_id limit 1) c
        where (c.archived_at is not null) = ${archived} and (c.contact_to is distinct from ${userId}::uuid or c.contact_state = 'ACCEPTED')
        order by o.pin_order, o.last_position desc, o.conversation_id limit ${limit}`
      return rows.map((row) => ({ ...conversationOf(row), pinOrder: row.pinOrder, lastPosition: row.lastPosition }))
    },

    /** Public channels of the tenant that are not archived, by title; `prefix` is of the title, whatever its case. */
    async discover(
      tenantId: Uuid,
      { prefix, after, limit }: { prefix: string; after: { title: string; id: Uuid } | null; limit: number },
    ): Promise<Conversation[]> {
      const pattern = `${prefix.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      const rows = await db.$queryRaw<ConversationRow[]>`
        select ${conversationColumns} from conversation c
        where c.tenant_id = ${tenantId}::uuid and c.visibility = 'PUBLIC' and c.archived_at is null and lower(c.title) like ${pattern}
          and (lower(c.title), c.id) > (${after?.title.toLowerCase() ?? ''}, ${after?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid)
        order by lower(c.title), c.id limit ${limit}`
      return rows.map(conversationOf)
    },

    /** Only what is given; null takes it away. Answers what it was called before. */
    async update(
      tx: Transaction,
      { tenantId, id }: Conversation,
      { title, topic, avatarUrl, metadata, visibility, history, slowModeSeconds }: Partial<Details>,
    ): Promise<{ title: string | null }> {
      const where = { tenantId_id: { tenantId, id } }
      const before = await tx.conversation.findUniqueOrThrow({ where, select: { title: true } })
      const data = {
        title,
        topic,
        avatarUrl,
        visibility,
        history,
        slowModeSeconds,
        ...(metadata !== undefined && { metadata: metadata === null ? jsonNull : (metadata as object) }),
      }
      await tx.conversation.update({ where, data })
      return before
    },

    /** false when it is so already. */
    async archive(tx: Transaction, { tenantId, id }: Conversation, at: Date | null): Promise<boolean> {
      const where = { tenantId, id, archivedAt: at ? null : { not: null } }
      return (await tx.conversation.updateMany({ where, data: { archivedAt: at } })).count > 0
    },
  }
}

/** The same for both of the pair, whoever asks. */
export const directKey = (one: Uuid, other: Uuid): string => [one, other].sort().join(' ')
