/** Who may not sign in to his tenant, for a while or until it is lifted. Writes `user_ban`; users.ts and revocations.ts read it. */
import type { Transaction } from '../db.ts'
import type { Uuid } from '../model.ts'

interface Ban {
  tenantId: Uuid
  userId: Uuid
  reason: string | null
  actorId: Uuid
  at: Date
  until: Date | null
}

/** Another one is replaced. His sockets end within a second on every node. */
export async function ban(tx: Transaction, { tenantId, userId, ...held }: Ban): Promise<void> {
  await tx.userBan.upsert({
    where: { tenantId_userId: { tenantId, userId } },
    create: { tenantId, userId, ...held },
    update: held,
  })
}

/** Who is not banned stays so. */
export async function unban(tx: Transaction, { tenantId, userId }: Pick<Ban, 'tenantId' | 'userId'>): Promise<void> {
  await tx.userBan.deleteMany({ where: { tenantId, userId } })
}
