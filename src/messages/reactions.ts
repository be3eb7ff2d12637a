/** Reactions to messages: a row for each, and a count for each emoji, so that a page reads none of the rows. */
import { type Db, sql } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Uuid } from '../model.ts'
import type { Changing } from './change.ts'
import { currentMessage, type MessageName, updateMessage } from './current.ts'

export interface ReactionCount {
  messageId: Uuid
  emoji: string
  count: number
}

/** Nothing when he has reacted so. Throws STALE_WRITE when it was deleted, LIMIT_EXCEEDED for one emoji too many. */
export async function react(
  { tx, record, at }: Changing,
  name: MessageName,
  { userId, emoji }: { userId: Uuid; emoji: string },
  { reactionKinds: max }: Pick<Limits, 'reactionKinds'>,
): Promise<void> {
  const { tenantId, id } = name
  let message = await currentMessage(tx, name)
  const [known] = await tx.$queryRaw<{ isCounted: boolean; isOwn: boolean }[]>`
    select exists (select from reaction_count where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and emoji = ${emoji}) as "isCounted",
      exists (select from reaction where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and emoji = ${emoji} and user_id = ${userId}::uuid) as "isOwn"`
  if (known?.isOwn) return
  if (!known?.isCounted) {
    if (message.reactionKinds >= max)
      throw new ChatError('LIMIT_EXCEEDED', {
        message: `A message has at most ${max} distinct reactions`,
        limit: 'reactionKinds',
        max,
      })
    message = await updateMessage(tx, name, sql`reaction_kinds = m.reaction_kinds + 1`)
  }
  const seq = BigInt(record(message.conversationId, { kind: 'REACTION_ADDED', message, emoji }))
  await tx.$executeRaw`
    insert into reaction (tenant_id, message_id, emoji, user_id, seq, at) values (${tenantId}::uuid, ${id}::uuid, ${emoji}, ${userId}::uuid, ${seq}, ${at})`
  await tx.$executeRaw`
    insert into reaction_count (tenant_id, message_id, emoji, count, first_seq) values (${tenantId}::uuid, ${id}::uuid, ${emoji}, 1, ${seq})
    on conflict (tenant_id, message_id, emoji) do update set count = reaction_count.count + 1`
}

/** Nothing when he has not reacted so. Throws STALE_WRITE when it was deleted. */
export async function unreact(
  { tx, record }: Changing,
  name: MessageName,
  { userId, emoji }: { userId: Uuid; emoji: string },
): Promise<void> {
  const { tenantId, id } = name
  let message = await currentMessage(tx, name)
  const wasOwn = await tx.$executeRaw`
    delete from reaction where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and emoji = ${emoji} and user_id = ${userId}::uuid`
  if (!wasOwn) return
  await tx.$executeRaw`
    update reaction_count set count = count - 1 where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and emoji = ${emoji}`
  const wasLast = await tx.$executeRaw`
    delete from reaction_count where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and emoji = ${emoji} and count = 0`
  if (wasLast) message = await updateMessage(tx, name, sql`reaction_kinds = m.reaction_kinds - 1`)
  record(message.conversationId, { kind: 'REACTION_REMOVED', message, emoji })
}

export type Reactions = ReturnType<typeof createReactions>

export function createReactions({ db }: { db: Db }) {
  return {
    /** Of each message, in the order in which each emoji first came. */
    async counts(tenantId: Uuid, messageIds: readonly Uuid[]): Promise<ReactionCount[]> {
      return db.$queryRaw<ReactionCount[]>`
        select message_id as "messageId", emoji, count from reaction_count
        where tenant_id = ${tenantId}::uuid and message_id = any(${[...messageIds]}::uuid[]) order by message_id, first_seq`
    },

    /** With what this user has reacted to each. */
    async own(
      tenantId: Uuid,
      userId: Uuid,
      messageIds: readonly Uuid[],
    ): Promise<{ messageId: Uuid; emoji: string }[]> {
      return db.$queryRaw`
        select r.message_id as "messageId", r.emoji from reaction_count c
        join reaction r on r.tenant_id = c.tenant_id and r.message_id = c.message_id and r.emoji = c.emoji and r.user_id = ${userId}::uuid
        where c.tenant_id = ${tenantId}::uuid and c.message_id = any(${[...messageIds]}::uuid[])`
    },

    /** Who reacted with this, in the order in which they did. */
    async page(
      { tenantId, id }: MessageName,
      emoji: string,
      { after, limit }: { after: number; limit: number },
    ): Promise<{ userId: Uuid; seq: number }[]> {
      const rows = await db.$queryRaw<{ userId: Uuid; seq: bigint }[]>`
        select user_id as "userId", seq from reaction
        where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and emoji = ${emoji} and seq > ${BigInt(after)} order by seq limit ${limit}`
      return rows.map(({ userId, seq }) => ({ userId, seq: Number(seq) }))
    },
  }
}
