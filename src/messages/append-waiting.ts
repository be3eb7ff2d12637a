/**
 * A message of who waits to be accepted: alone in its transaction, which holds the conversation's stream, so that of those that are sent at once on
 * whatever nodes no more than so many are stored. What all others say pays nothing for it.
 */
import { type Db, type Transaction, transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Uuid } from '../model.ts'

interface Standing {
  isWaiting: boolean
  isRepeat: boolean
  said: bigint
}

interface Draft {
  tenantId: Uuid
  conversationId: Uuid
  authorId: Uuid | null
  clientMessageId: string
}

/** Throws LIMIT_EXCEEDED, but for a repeat of what is stored. */
export function writeWaiting<Row>(
  db: Db,
  draft: Draft,
  { max, write }: { max: number; write: (tx: Transaction) => Promise<Row> },
): Promise<Row> {
  const { tenantId, conversationId, authorId, clientMessageId } = draft
  return transaction(db, async (tx) => {
    await tx.$queryRaw`select seen.id from lock_streams_1(${tenantId}::uuid, ${[conversationId]}::uuid[]) as seen`
    // What was deleted since counts: else one could say ever more.
    const [standing] = await tx.$queryRaw<Standing[]>`
      select c.contact_state <> 'ACCEPTED' as "isWaiting",
        (select count(*) from message m where m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.author_id = ${authorId}::uuid) as said,
        exists (select from sent s where s.tenant_id = c.tenant_id and s.conversation_id = c.id and s.author_id = ${authorId}::uuid
          and s.client_message_id = ${clientMessageId}) as "isRepeat"
      from conversation c where c.tenant_id = ${tenantId}::uuid and c.id = ${conversationId}::uuid`
    if (standing?.isWaiting && !standing.isRepeat && standing.said >= max)
      throw new ChatError('LIMIT_EXCEEDED', {
        message: 'You have said what may be said before the other member accepts: wait for the answer',
        limit: 'messagesBeforeAccept',
        max,
      })
    return write(tx)
  })
}
