/** Who may not be in a conversation, or not speak in it, for a while or until it is lifted. Writes `restriction`; that one is over is decided by the clock of whoever asks. */
import type { Db, Transaction } from '../db.ts'
import type { Conversation, Restriction, RestrictionKind, Uuid } from '../model.ts'

interface Where {
  tenantId: Uuid
  conversationId: Uuid
  userId: Uuid
  kind: RestrictionKind
}

export type Restrictions = ReturnType<typeof createRestrictions>

export function createRestrictions({ db }: { db: Db }) {
  return {
    /** Another one of that kind is replaced. */
    async set(tx: Transaction, { reason, actorId, at, until, ...where }: Restriction): Promise<void> {
      const held = { reason, actorId, at, until }
      const tenantId_conversationId_userId_kind = where
      await tx.restriction.upsert({
        where: { tenantId_conversationId_userId_kind },
        create: { ...where, ...held },
        update: held,
      })
    },

    /** false: there was none that still held. */
    async lift(tx: Transaction, { tenantId, conversationId, userId, kind }: Where): Promise<boolean> {
      const lifted = await tx.restriction.findFirst({
        where: { tenantId, conversationId, userId, kind, ...stillHolds() },
      })
      await tx.restriction.deleteMany({ where: { tenantId, conversationId, userId, kind } })
      return lifted !== null
    },

    /** What is over does no harm, and need not be kept: restrictions, bans of the tenant, turns of slow mode. */
    async forgetPast(): Promise<void> {
      await db.$executeRaw`
        with past as (delete from restriction where until < now()), banned as (delete from user_ban where until < now())
        delete from slow_mode_turn where at < now() - interval '1 hour'`
    },

    /** Those that still hold, by user and kind. */
    async page(
      { tenantId, id }: Conversation,
      { after, limit }: { after: Pick<Restriction, 'userId' | 'kind'> | null; limit: number },
    ): Promise<Restriction[]> {
      const isBehind = after && {
        OR: [{ userId: { gt: after.userId } }, { userId: after.userId, kind: { gt: after.kind } }],
      }
      const rows = await db.restriction.findMany({
        where: { AND: [{ tenantId, conversationId: id }, stillHolds(), isBehind ?? {}] },
        orderBy: [{ userId: 'asc' }, { kind: 'asc' }],
        take: limit,
      })
      return rows as Restriction[]
    },
  }
}

const stillHolds = () => ({ OR: [{ until: null }, { until: { gt: new Date() } }] })
