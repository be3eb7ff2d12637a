/** Slow mode: whose turn it is to speak, on whatever node, is one row's update. Writes `slow_mode_turn`. */
import { type Db, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Conversation, Uuid } from '../model.ts'

interface Speech {
  conversation: Pick<Conversation, 'tenantId' | 'id' | 'slowModeSeconds'>
  userId: Uuid
  /** Of his message: sent again after an answer that was lost it has its turn still. */
  clientMessageId: string
}

export type SlowMode = ReturnType<typeof createSlowMode>

export function createSlowMode({ db }: { db: Db }) {
  return {
    /** Takes his turn; false: this message has it already. Throws SLOW_MODE with the time until the next one. */
    async take({ conversation, userId, clientMessageId }: Speech): Promise<boolean> {
      const { tenantId, id, slowModeSeconds } = conversation
      const [turn] = await db.$queryRaw<{ isFresh: boolean | null; waitMs: number }[]>`
        with taken as (
          insert into slow_mode_turn as t (tenant_id, conversation_id, user_id, at, client_message_id)
          values (${tenantId}::uuid, ${id}::uuid, ${userId}::uuid, now(), ${clientMessageId})
          on conflict (tenant_id, conversation_id, user_id) do update
            set at = case when t.client_message_id = excluded.client_message_id then t.at else now() end, client_message_id = excluded.client_message_id
            where t.client_message_id = excluded.client_message_id or t.at <= now() - make_interval(secs => ${slowModeSeconds})
          returning at)
        select at = now() as "isFresh", 0::float8 as "waitMs" from taken
        union all
        select null, extract(epoch from t.at + make_interval(secs => ${slowModeSeconds}) - now())::float8 * 1000
        from slow_mode_turn t where t.tenant_id = ${tenantId}::uuid and t.conversation_id = ${id}::uuid and t.user_id = ${userId}::uuid
          and not exists (select from taken)`.catch((error) => {
        throw unavailable(error)
      })
      if (turn && turn.isFresh !== null) return turn.isFresh
      // No row: another message of his took the turn at this very moment.
      throw new ChatError('SLOW_MODE', {
        retryAfterMs: Math.max(1, Math.ceil(turn?.waitMs ?? slowModeSeconds * 1_000)),
      })
    },

    /** Nothing was said: it is his turn still. */
    async giveBack({ conversation: { tenantId, id }, userId, clientMessageId }: Speech): Promise<void> {
      await db.slowModeTurn.deleteMany({ where: { tenantId, conversationId: id, userId, clientMessageId } })
    },
  }
}
