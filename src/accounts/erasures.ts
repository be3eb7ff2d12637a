/** Who is to be forgotten, how far that has come, and the receipt of what was done. Asked for once for good: whoever asks again gets the same. */
import { hash } from 'node:crypto'
import type { Db, Transaction } from '../db.ts'
import { jobKind, userIn } from '../jobs/kind.ts'
import { newUuid } from '../lib/ids.ts'
import type { UserName, Uuid } from '../model.ts'

export interface Erasure extends UserName {
  id: Uuid
  requestedAt: Date
  byUser: boolean
  /** A run is at it until then, unless it says so again. */
  claimedUntil: Date | null
  finishedAt: Date | null
  /** By table, how many rows were erased. */
  receipt: Readonly<Record<string, number>>
}

/** How far one has come: all of the conversations before it, and of this one all up to the seq. */
export interface Place {
  conversationId: Uuid | null
  seq: number
}

/** Sent with the request; what fails is tried again for about two days. */
export const eraseUserKind = jobKind<UserName>({
  name: 'erase-user',
  parse: userIn,
  retries: 60,
})

export interface Claimed extends UserName {
  /** By which this run is known from the one that takes over from it. */
  claim: Uuid
  place: Place
}

/** Of a run, only as long as it is the one; what is done with the request itself is of none. */
type Doer = UserName & { claim?: Uuid }

/** Every node has shut him out by then. */
export const SHUT_OUT_MS = 3_000
/** Whoever does not say for so long that he is at it is at it no longer. */
const LEASE_SECONDS = 60
const ANOTHER_RUN = 'another run erases this user'

/** Not done, and for a while nobody has been at it: its job was given up as a dead letter, dropped, or fails and waits for its next try. */
export const isLeftLying = ({ requestedAt, claimedUntil, finishedAt }: Erasure, now = Date.now()): boolean =>
  !finishedAt && requestedAt.getTime() + LEASE_SECONDS * 1_000 < now && (claimedUntil?.getTime() ?? 0) < now

export const nameHash = (tenantId: Uuid, externalId: string): string =>
  hash('sha256', `${tenantId} ${externalId}`, 'base64url')

export type Erasures = ReturnType<typeof createErasures>

export function createErasures({ db }: { db: Db }) {
  return {
    /** In the transaction that shuts him out. Answers the one that there is. */
    async request(
      tx: Transaction,
      { tenantId, userId }: UserName,
      of: { externalId: string; byUser: boolean },
    ): Promise<{ id: Uuid; isNew: boolean }> {
      const known = await tx.erasure.findUnique({ where: { tenantId_userId: { tenantId, userId } } })
      if (known) return { id: known.id, isNew: false }
      const id = newUuid()
      await tx.$executeRaw`
        insert into erasure (tenant_id, user_id, id, name_hash, requested_at, by_user)
        values (${tenantId}::uuid, ${userId}::uuid, ${id}::uuid, ${nameHash(tenantId, of.externalId)}, clock_timestamp(), ${of.byUser})`
      await tx.$executeRaw`
        update "user" set deactivated_at = coalesce(deactivated_at, clock_timestamp()), signed_out_at = clock_timestamp(), erased_at = clock_timestamp()
        where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid`
      return { id, isNew: true }
    },

    async byId(tenantId: Uuid, id: Uuid): Promise<Erasure | null> {
      const row = await db.erasure.findUnique({ where: { tenantId_id: { tenantId, id } } })
      return row && { ...row, receipt: row.receipt as Erasure['receipt'] }
    },

    async byUser({ tenantId, userId }: UserName): Promise<Erasure | null> {
      const row = await db.erasure.findUnique({ where: { tenantId_userId: { tenantId, userId } } })
      return row && { ...row, receipt: row.receipt as Erasure['receipt'] }
    },

    /** null: it is done, or was never asked for. Throws while another run is at it, which may have died. */
    async claim({ tenantId, userId }: UserName): Promise<Claimed | null> {
      const claim = newUuid()
      const [row] = await db.$queryRaw<{ placeId: Uuid | null; placeSeq: bigint }[]>`
        update erasure set claim = ${claim}::uuid, claimed_until = now() + make_interval(secs => ${LEASE_SECONDS})
        where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and finished_at is null and (claimed_until is null or claimed_until < now())
        returning place_id as "placeId", place_seq as "placeSeq"`
      if (row) return { tenantId, userId, claim, place: { conversationId: row.placeId, seq: Number(row.placeSeq) } }
      const known = await this.byUser({ tenantId, userId })
      if (known && !known.finishedAt) throw new Error(ANOTHER_RUN)
      return null
    },

    /** Another run may go on at once; one that has taken over already is left alone. */
    async leave({ tenantId, userId, claim }: Claimed): Promise<void> {
      await db.$executeRaw`
        update erasure set claimed_until = null where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and claim = ${claim}::uuid and finished_at is null`
    },

    /** In the transaction that did it; a lease goes on. `place` null: it stays. Throws when another run has taken over: that one does it. */
    async note(
      tx: Transaction,
      { tenantId, userId, claim }: Doer,
      counts: Readonly<Record<string, number>>,
      place: Place | null,
    ): Promise<void> {
      const { receipt } = await tx.erasure.findUniqueOrThrow({ where: { tenantId_userId: { tenantId, userId } } })
      const before = receipt as Record<string, number>
      const after = { ...before }
      for (const [table, count] of Object.entries(counts)) after[table] = (before[table] ?? 0) + count
      const noted = await tx.$executeRaw`
        update erasure set receipt = ${JSON.stringify(after)}::jsonb, claimed_until = case when ${claim !== undefined} then now() + make_interval(secs => ${LEASE_SECONDS}) else claimed_until end,
          place_id = case when ${place !== null} then ${place?.conversationId ?? null}::uuid else place_id end,
          place_seq = case when ${place !== null} then ${BigInt(place?.seq ?? 0)} else place_seq end
        where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and (${claim === undefined} or claim = ${claim ?? null}::uuid)`
      if (!noted) throw new Error(ANOTHER_RUN)
    },

    /** What is under legal hold is left; that there is such, and no more, stands in the receipt. */
    async finish({ tenantId, userId, claim }: Claimed): Promise<void> {
      const finished = await db.$executeRaw`
        update erasure e set finished_at = now(), claimed_until = null, receipt = e.receipt || coalesce((
          select jsonb_build_object('legal_hold', count(*)) from evidence v where v.tenant_id = e.tenant_id and v.author_id = e.user_id and v.is_held having count(*) > 0), '{}')
        where e.tenant_id = ${tenantId}::uuid and e.user_id = ${userId}::uuid and e.claim = ${claim}::uuid`
      if (!finished) throw new Error(ANOTHER_RUN)
    },
  }
}
