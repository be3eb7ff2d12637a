/** The usual way: Prisma's `create`, a message a time, into a plain table of the same columns: no log, no keys, no judging. */
import { onServer } from '../../scripts/services/postgres-databases.ts'
import { connectPostgres } from '../../src/db.ts'
import { newUuid } from '../../src/lib/ids.ts'
import { CONVERSATIONS, type Contender, TEXT } from './contender.ts'

const TABLE = `
  create table message (
    tenant_id uuid, id uuid, conversation_id uuid not null, seq bigint not null, author_id uuid not null, client_message_id text not null,
    text text not null, reply_to_id uuid, metadata jsonb, created_at timestamptz not null, thread_id uuid, also_in_conversation boolean not null, silent boolean not null,
    urgency text not null, mentions jsonb, ordinal bigint not null, thread_ordinal bigint, revision integer not null, edited_at timestamptz, deleted_at timestamptz, deleted_by uuid,
    pinned_at timestamptz, pinned_by uuid, has_thread boolean not null, reaction_kinds integer not null, hidden_count integer not null, attachment_count integer not null, expires_at timestamptz, primary key (tenant_id, id));
  create index on message (tenant_id, conversation_id, seq)`

export async function createContender(
  databaseUrl: string,
  { connections, opened }: { connections: number; opened: AsyncDisposableStack },
): Promise<Contender> {
  await onServer(databaseUrl, (client) => client.query(TABLE))
  const db = connectPostgres(databaseUrl, connections)
  opened.defer(() => db.$disconnect())
  const [tenantId, authorId] = [newUuid(), newUuid()]
  const conversations = Array.from({ length: CONVERSATIONS }, newUuid)
  let seq = 0
  return {
    db,
    send(conversation) {
      const conversationId = conversations[conversation]
      if (!conversationId) throw new Error(`expected a conversation below ${CONVERSATIONS}, not ${conversation}`)
      const own = { id: newUuid(), clientMessageId: newUuid(), seq: ++seq, createdAt: new Date() }
      return db.message.create({ data: { tenantId, conversationId, authorId, text: TEXT, ...own } })
    },
  }
}
