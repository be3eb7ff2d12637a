/** What somebody said and how he reacted, taken out of a piece of a conversation: members hear it, and what others said stays. */
import type { Transaction } from '../db.ts'
import type { UserName, Uuid } from '../model.ts'
import type { Changing } from './change.ts'
import { deleteForAll } from './delete.ts'
import { unreact } from './reactions.ts'

export interface Piece {
  conversationId: Uuid
  /** It begins behind it. */
  after: number
}

/** Seqs of one piece. */
const PIECE = 2_000
/** Of messages, and of reactions: each is an event. */
const AT_ONCE = 50

/** Answers what was done, and where the next piece begins; null after the last one. */
export async function eraseSaid(
  changing: Changing,
  { tenantId, userId }: UserName,
  { conversationId, after }: Piece,
): Promise<{ message: number; reaction: number; next: number | null }> {
  const { tx } = changing
  const piece = { tenantId, conversationId, from: BigInt(after), to: BigInt(after + PIECE) }
  const said = await ownMessages(tx, userId, piece)
  for (const id of said.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id))
    await deleteForAll(changing, { tenantId, id }, userId)
  const named = said.map(({ id }) => id)
  // His client's own name for it might be anything.
  await tx.$executeRaw`update message set client_message_id = '', metadata = null where tenant_id = ${tenantId}::uuid and id = any(${named}::uuid[])`
  const reacted = await ownReactions(tx, userId, piece)
  for (const { messageId, emoji } of reacted) await unreact(changing, { tenantId, id: messageId }, { userId, emoji })
  const [{ head = 0n } = {}] = await tx.$queryRaw<{ head: bigint }[]>`
    select last_seq as head from stream where tenant_id = ${tenantId}::uuid and id = ${conversationId}::uuid`
  const isWhole = said.length < AT_ONCE && reacted.length < AT_ONCE
  const reached = isWhole ? piece.to : piece.from
  return { message: said.length, reaction: reacted.length, next: reached < head ? Number(reached) : null }
}

interface Within {
  tenantId: Uuid
  conversationId: Uuid
  from: bigint
  to: bigint
}

async function ownMessages(tx: Transaction, userId: Uuid, { tenantId, conversationId, from, to }: Within) {
  return tx.$queryRaw<{ id: Uuid; isDeleted: boolean }[]>`
    select id, deleted_at is not null as "isDeleted" from message
    where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and seq > ${from} and seq <= ${to}
      and author_id = ${userId}::uuid and (deleted_at is null or client_message_id <> '') order by seq limit ${AT_ONCE}`
}

async function ownReactions(tx: Transaction, userId: Uuid, { tenantId, conversationId, from, to }: Within) {
  return tx.$queryRaw<{ messageId: Uuid; emoji: string }[]>`
    select r.message_id as "messageId", r.emoji from message m
    join reaction r on r.tenant_id = m.tenant_id and r.message_id = m.id and r.user_id = ${userId}::uuid
    where m.tenant_id = ${tenantId}::uuid and m.conversation_id = ${conversationId}::uuid and m.seq > ${from} and m.seq <= ${to} and m.deleted_at is null
    order by m.seq limit ${AT_ONCE}`
}
