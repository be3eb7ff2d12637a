/** What users asked to be given of themselves: how far each has come, and the parts that are written. The only file that writes `export` and `export_part`. */
import type { Db, Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { FileName } from '../files/keys.ts'
import { idIn, jobKind } from '../jobs/kind.ts'
import { newUuid } from '../lib/ids.ts'
import type { ZipEntry } from '../lib/zip.ts'
import type { UserName, Uuid } from '../model.ts'
import { type ExportPlace, FIRST_PLACE } from './export-place.ts'

export interface Export extends FileName, UserName {
  state: 'WAITING' | 'RUNNING' | 'READY' | 'FAILED' | 'EXPIRED'
  requestedAt: Date
  seen: bigint
  toSee: bigint
  messages: bigint
  bytes: bigint
  finishedAt: Date | null
  expiresAt: Date | null
}

export type ExportPart = ZipEntry & { objectId: Uuid }

/** One who writes: `kept` tells him from another who took over. */
export type ExportRun = FileName & UserName & { requestedAt: Date; kept: number; place: ExportPlace; messages: number }

export interface Progress {
  place: ExportPlace
  parts: readonly ExportPart[]
  seen: number
  messages: number
}

const KEPT_DAYS = 7
/** Shown and counted; what is older is forgotten. */
const LISTED = 20
const MOST_FAILURES = 5
/** A moment after its time is over. */
export const removalDue = (): Date => new Date(Date.now() + KEPT_DAYS * 86_400_000 + 60_000)

export const writeExportKind = jobKind({ name: 'write-export', parse: idIn, together: 2 })
export const removeExportKind = jobKind({ name: 'remove-export', parse: idIn, everySeconds: 10 })

export type Exports = ReturnType<typeof createExports>

export function createExports({ db }: { db: Db }) {
  return {
    /** Under the lock of his stream. Answers the one that is under way. Throws FORBIDDEN, LIMIT_EXCEEDED. */
    async request(
      tx: Transaction,
      { tenantId, userId }: UserName,
      { byUser, perDay }: { byUser: boolean; perDay: number },
    ): Promise<{ id: Uuid; isNew: boolean }> {
      const [known] = await tx.$queryRaw<{ isErased: boolean; running: Uuid | null; today: bigint }[]>`
        select u.erased_at is not null as "isErased", count(e.id) filter (where e.requested_at > now() - interval '1 day') as today,
          max(e.id::text) filter (where e.state in ('WAITING', 'RUNNING')) as running
        from "user" u left join export e on e.tenant_id = u.tenant_id and e.user_id = u.id
        where u.tenant_id = ${tenantId}::uuid and u.id = ${userId}::uuid group by u.erased_at`
      if (!known || known.isErased)
        throw new ChatError('FORBIDDEN', { message: 'Whoever is being erased is given nothing any more' })
      if (known.running) return { id: known.running, isNew: false }
      if (known.today >= perDay) throw new ChatError('LIMIT_EXCEEDED', { limit: 'exportsPerDay', max: perDay })
      const id = newUuid()
      await tx.$executeRaw`
        insert into export (tenant_id, id, user_id, by_user, requested_at) values (${tenantId}::uuid, ${id}::uuid, ${userId}::uuid, ${byUser}, clock_timestamp())`
      return { id, isNew: true }
    },

    async byId({ tenantId, id }: FileName): Promise<Export | null> {
      const row = await db.export.findUnique({ where: { tenantId_id: { tenantId, id } } })
      return row && asShown(row as Export)
    },

    /** The newest first. */
    async of({ tenantId, userId }: UserName): Promise<Export[]> {
      const rows = await db.export.findMany({
        where: { tenantId, userId },
        orderBy: { requestedAt: 'desc' },
        take: LISTED,
      })
      return rows.map((row) => asShown(row as Export))
    },

    // -------------------------------------------------------------------------------------------- the writer's

    /** Where it goes on; null: it is over. */
    async begin({ tenantId, id }: FileName): Promise<ExportRun | null> {
      const [row] = await db.$queryRaw<
        (Omit<ExportRun, 'place' | 'messages'> & { place: unknown; messages: bigint })[]
      >`
        update export e set state = 'RUNNING', kept = kept + 1, to_see = case when e.place is not null then to_see else coalesce((
          select sum(s.last_seq) from stream s where s.tenant_id = e.tenant_id and s.id in (
            select m.conversation_id from membership m where m.tenant_id = e.tenant_id and m.user_id = e.user_id)), 0) end
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state in ('WAITING', 'RUNNING')
        returning tenant_id as "tenantId", id, user_id as "userId", requested_at as "requestedAt", kept, place, messages`
      if (!row) return null
      return { ...row, place: (row.place as ExportPlace | null) ?? FIRST_PLACE, messages: Number(row.messages) }
    },

    /** false: it was ended, or another one goes on with it; then nothing is kept. */
    async keep(tx: Transaction, run: ExportRun, { place, parts, seen, messages }: Progress): Promise<boolean> {
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
      const isLast = place.step === 'DONE'
      const kept = await tx.$executeRaw`
        update export set kept = kept + 1, failures = 0, seen = seen + ${BigInt(seen)}, messages = messages + ${BigInt(messages)}, bytes = bytes + ${BigInt(bytes)},
          place = ${isLast ? null : JSON.stringify(place)}::jsonb, state = ${isLast ? 'READY' : 'RUNNING'}, finished_at = case when ${isLast} then now() end,
          expires_at = case when ${isLast} then now() + make_interval(days => ${KEPT_DAYS}::integer) end
        where tenant_id = ${run.tenantId}::uuid and id = ${run.id}::uuid and state = 'RUNNING' and kept = ${run.kept}`
      if (!kept) return false
      const { tenantId, id: exportId, userId } = run
      const numbers = (part: ExportPart) => ({ bytes: BigInt(part.bytes), plainBytes: BigInt(part.plainBytes) })
      const rows = parts.map((part) => ({
        tenantId,
        exportId,
        userId,
        ...part,
        ...numbers(part),
        crc: BigInt(part.crc),
      }))
      if (rows.length) await tx.exportPart.createMany({ data: rows })
      run.kept++
      run.place = place
      run.messages += messages
      return true
    },

    /** Answers whether it is given up. */
    async failed({ tenantId, id }: FileName): Promise<boolean> {
      const [row] = await db.$queryRaw<{ isOver: boolean }[]>`
        update export set failures = failures + 1, state = case when failures + 1 >= ${MOST_FAILURES} then 'FAILED' else state end
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'RUNNING' returning state = 'FAILED' as "isOver"`
      return row?.isOver ?? false
    },

    // -------------------------------------------------------------------------------------------- its end

    /** All of his, at once: nothing is given any more. */
    async end(tx: Transaction, { tenantId, userId }: UserName): Promise<void> {
      await tx.$executeRaw`
        update export set state = 'EXPIRED', expires_at = now() where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and state <> 'EXPIRED'`
    },

    /** Its time is over, or it has failed. Those of long ago are forgotten with it. */
    async expire({ tenantId, id }: FileName): Promise<void> {
      await db.$executeRaw`
        update export set state = case when state = 'FAILED' then state else 'EXPIRED' end, place = null where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`
      await db.$executeRaw`delete from export_part where tenant_id = ${tenantId}::uuid and export_id = ${id}::uuid`
      await db.$executeRaw`
        delete from export e using export named where named.tenant_id = ${tenantId}::uuid and named.id = ${id}::uuid
          and e.tenant_id = named.tenant_id and e.user_id = named.user_id and e.state in ('EXPIRED', 'FAILED') and e.requested_at < now() - interval '30 days'`
    },

    async idsOf({ tenantId, userId }: UserName): Promise<Uuid[]> {
      return (await db.export.findMany({ where: { tenantId, userId }, select: { id: true } })).map(({ id }) => id)
    },

    /** In the order in which they stand in the archive; null: it is not to be had. */
    async parts(name: FileName): Promise<ExportPart[] | null> {
      if ((await this.byId(name))?.state !== 'READY') return null
      const rows = await db.exportPart.findMany({
        where: { tenantId: name.tenantId, exportId: name.id },
        orderBy: { name: 'asc' },
      })
      return rows.map((row) => ({
        ...row,
        bytes: Number(row.bytes),
        plainBytes: Number(row.plainBytes),
        crc: Number(row.crc),
      }))
    },
  }
}

/** Its objects may go a moment later than its time is over. */
const asShown = (row: Export): Export =>
  row.expiresAt && row.expiresAt.getTime() <= Date.now() ? { ...row, state: 'EXPIRED' } : row
