/** Reading conversations: by id, and a viewer's list by newest activity. */
import type { Db } from '../db.ts'
import type { Conversation, Uuid } from '../model.ts'

export type ListedConversation = Conversation & { lastPosition: bigint }

export type Conversations = ReturnType<typeof createConversations>

export function createConversations({ db }: { db: Db }) {
  return {
    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<Conversation[]> {
      return db.conversation.findMany({ where: { tenantId, id: { in: [...ids] } } }) as Promise<Conversation[]>
    },

    async direct(tenantId: Uuid, directKey: string): Promise<Conversation | null> {
      return db.conversation.findUnique({
        where: { tenantId_directKey: { tenantId, directKey } },
      }) as Promise<Conversation | null>
    },

    /** Those of which the user is a member now. */
    async page(
      tenantId: Uuid,
      userId: Uuid,
      { after, limit }: { after: { position: bigint; id: Uuid } | null; limit: number },
    ): Promise<ListedConversation[]> {
      return db.$queryRaw<ListedConversation[]>`
        select c.tenant_id as "tenantId", c.id, c.kind, c.title, c.created_by as "createdBy", c.created_at as "createdAt", s.last_position as "lastPosition"
        from membership m
        join stream s on s.tenant_id = m.tenant_id and s.id = m.conversation_id
        join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
        where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid and m.left_seq is null
          and (${after === null} or (s.last_position, c.id) < (${after?.position ?? 0n}, ${after?.id ?? null}::uuid))
        order by s.last_position desc, c.id desc limit ${limit}`
    },
  }
}

/** The same for both of the pair, whoever asks. */
export const directKey = (one: Uuid, other: Uuid): string => [one, other].sort().join(' ')
