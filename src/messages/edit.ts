/** Says a message anew. What it said before is kept as its revisions. */
import { sql } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Changing } from './change.ts'
import { currentMessage, type MessageName, rewriteMentions, updateMessage } from './current.ts'
import type { Content } from './draft.ts'

export interface Edit extends Content {
  /** The revision that the author saw; null: whatever it is. */
  expectedRevision: number | null
}

/** Nothing when it says that already. Throws STALE_WRITE when it was deleted, or edited since. */
export async function edit(
  { tx, record, at }: Changing,
  name: MessageName,
  { text, metadata, mentions, expectedRevision }: Edit,
  { messageEdits: max }: Pick<Limits, 'messageEdits'>,
): Promise<void> {
  const before = await currentMessage(tx, name)
  if (expectedRevision !== null && before.revision !== expectedRevision)
    throw new ChatError('STALE_WRITE', { message: 'The message has been edited since you read it' })
  const same = [text, metadata, mentions]
  if (JSON.stringify(same) === JSON.stringify([before.text, before.metadata, before.mentions])) return
  if (before.revision >= max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `A message is edited ${max} times at most`,
      limit: 'messageEdits',
      max,
    })
  await tx.$executeRaw`
    insert into message_revision (tenant_id, message_id, revision, text, mentions, metadata, written_at)
    select m.tenant_id, m.id, m.revision, m.text, m.mentions, m.metadata, coalesce(m.edited_at, m.created_at)
    from message m where m.tenant_id = ${name.tenantId}::uuid and m.id = ${name.id}::uuid`
  const after = await updateMessage(
    tx,
    name,
    sql`text = ${text}, metadata = ${metadata && JSON.stringify(metadata)}::jsonb, mentions = ${mentions.length ? JSON.stringify(mentions) : null}::jsonb,
      revision = m.revision + 1, edited_at = ${at}`,
  )
  await rewriteMentions(tx, before, after)
  record(after.conversationId, { kind: 'MESSAGE_EDITED', message: after })
}
