/** Invites: a code that makes whoever holds it a member, for a time and so many times. The only file that writes `invite`. */
import { createHash, randomBytes } from 'node:crypto'
import type { Db, Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'

/** A way into a conversation for whoever holds its code. */
export interface Invite {
  tenantId: Uuid
  id: Uuid
  conversationId: Uuid
  createdBy: Uuid
  createdAt: Date
  expiresAt: Date | null
  maxUses: number | null
  uses: number
  revokedAt: Date | null
}

export type Invites = ReturnType<typeof createInvites>

const CODE_PREFIX = 'inv_'
/** What createInvite and revokeInvite answered is answered to repeats for 31 days, and with the invite. */
const KEPT_DAYS = 32
const FORGOTTEN_AT_ONCE = 1_000

export function createInvites({ db }: { db: Db }) {
  const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url')

  return {
    /** The code is shown this once. */
    async create(
      tx: Transaction,
      invite: Pick<Invite, 'tenantId' | 'conversationId' | 'createdBy' | 'expiresAt' | 'maxUses'>,
      code: string,
    ): Promise<Uuid> {
      const id = newUuid()
      await tx.invite.create({ data: { ...invite, id, codeHash: hashOf(code) } })
      return id
    },

    newCode: (): string => `${CODE_PREFIX}${randomBytes(18).toString('base64url')}`,

    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<Invite[]> {
      return db.invite.findMany({ where: { tenantId, id: { in: [...ids] } } })
    },

    async byCode(tenantId: Uuid, code: string): Promise<Invite | null> {
      return db.invite.findUnique({ where: { tenantId_codeHash: { tenantId, codeHash: hashOf(code) } } })
    },

    /** Counts one use, under the row's own lock: of two who take the last one at once, one is refused. Throws NOT_FOUND. */
    async use(tx: Transaction, { tenantId, id }: Invite): Promise<void> {
      const used = await tx.$executeRaw`
        update invite set uses = uses + 1 where tenant_id = ${tenantId}::uuid and id = ${id}::uuid
          and revoked_at is null and (expires_at is null or expires_at > now()) and (max_uses is null or uses < max_uses)`
      if (!used)
        throw new ChatError('NOT_FOUND', {
          message: 'The invite is used up, expired or revoked',
          path: 'input.inviteCode',
        })
    },

    async revoke(tx: Transaction, { tenantId, id }: Invite, at: Date): Promise<void> {
      await tx.invite.updateMany({ where: { tenantId, id, revokedAt: null }, data: { revokedAt: at } })
    },

    /** Those that are long over, a batch a statement. */
    async forgetPast(): Promise<'more' | 'done'> {
      const forgotten = await db.$executeRaw`
        delete from invite where ctid = any(array(
          select ctid from invite where least(expires_at, revoked_at) < now() - make_interval(days => ${KEPT_DAYS}::integer) limit ${FORGOTTEN_AT_ONCE}))`
      return forgotten === FORGOTTEN_AT_ONCE ? 'more' : 'done'
    },

    /** Those that still let somebody in, newest first. */
    async page(
      conversation: { tenantId: Uuid; id: Uuid },
      { before, limit }: { before: Uuid | null; limit: number },
    ): Promise<Invite[]> {
      return db.$queryRaw<Invite[]>`
        select tenant_id as "tenantId", id, conversation_id as "conversationId", created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
          max_uses as "maxUses", uses, revoked_at as "revokedAt"
        from invite where tenant_id = ${conversation.tenantId}::uuid and conversation_id = ${conversation.id}::uuid
          and revoked_at is null and (expires_at is null or expires_at > now()) and (max_uses is null or uses < max_uses)
          and (${before}::uuid is null or id < ${before}::uuid)
        order by id desc limit ${limit}`
    },
  }
}
