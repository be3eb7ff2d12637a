/** Keeps a message at hand for all members, or no longer. Repeating it changes nothing. */
import { sql } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Uuid } from '../model.ts'
import type { Changing } from './change.ts'
import { currentMessage, type MessageName, updateMessage } from './current.ts'

/** Throws STALE_WRITE when it was deleted, LIMIT_EXCEEDED when the conversation has all the pins it may have. */
export async function pin(
  { tx, record, at }: Changing,
  name: MessageName,
  by: Uuid,
  { pins: max }: Pick<Limits, 'pins'>,
): Promise<void> {
  const { pinnedAt, conversationId } = await currentMessage(tx, name)
  if (pinnedAt) return
  const [pinned] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from message where tenant_id = ${name.tenantId}::uuid and conversation_id = ${conversationId}::uuid and pinned_at is not null`
  if (Number(pinned?.count ?? 0n) >= max)
    throw new ChatError('LIMIT_EXCEEDED', { message: `A conversation has at most ${max} pins`, limit: 'pins', max })
  const message = await updateMessage(tx, name, sql`pinned_at = ${at}, pinned_by = ${by}::uuid`)
  record(conversationId, { kind: 'MESSAGE_PINNED', message })
}

export async function unpin({ tx, record }: Changing, name: MessageName): Promise<void> {
  const { pinnedAt, conversationId } = await currentMessage(tx, name)
  if (!pinnedAt) return
  const message = await updateMessage(tx, name, sql`pinned_at = null, pinned_by = null`)
  record(conversationId, { kind: 'MESSAGE_UNPINNED', message })
}
