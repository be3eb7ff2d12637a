/** The rows of files: from what is awaited to what is gone. The only file that writes `attachment`, besides the claim in append_messages_3. */
import { type Db, sql, type Transaction } from '../db.ts'
import type { Message, Uuid } from '../model.ts'
import type { Attachment, ScanState } from './attachment.ts'

export interface NewAttachment {
  tenantId: Uuid
  id: Uuid
  ownerId: Uuid
  name: string
  contentType: string
  bytes: number
  createdAt: Date
  uploadExpiresAt: Date
}

/** What was found out of it. */
export type Found = Pick<Attachment, 'contentType' | 'bytes' | 'width' | 'height' | 'hasThumbnail' | 'scan'> & {
  objectId: Uuid
}

export type Attachments = ReturnType<typeof createAttachments>

type Row = Omit<Attachment, 'bytes'> & { bytes: bigint }

const DAY = sql`interval '1 day'`
/** A removal that failed, or whose node died, is tried again after it. */
const RETRY = sql`interval '1 minute'`

const columns = sql`a.tenant_id as "tenantId", a.id, a.owner_id as "ownerId", a.state, a.scan, a.name, a.content_type as "contentType", a.bytes, a.width, a.height,
  a.has_thumbnail as "hasThumbnail", a.object_id as "objectId", a.created_at as "createdAt", a.upload_expires_at as "uploadExpiresAt", a.message_id as "messageId"`
const attachmentOf = (row: Row): Attachment => ({ ...row, bytes: Number(row.bytes) })

/** `db` may be a transaction. */
export function createAttachments({ db }: { db: Pick<Db, '$queryRaw' | '$executeRaw'> }) {
  const found = async (rows: Promise<Row[]>) => (await rows).map(attachmentOf)
  return {
    async byId(tenantId: Uuid, id: Uuid): Promise<Attachment | null> {
      const rows = db.$queryRaw<Row[]>`
        select ${columns} from attachment a where a.tenant_id = ${tenantId}::uuid and a.id = ${id}::uuid`
      return (await found(rows))[0] ?? null
    },

    /** In the order in which each message shows them. */
    ofMessages: (tenantId: Uuid, messageIds: readonly Uuid[]): Promise<Attachment[]> =>
      found(db.$queryRaw<Row[]>`
        select ${columns} from unnest(${[...messageIds]}::uuid[]) as m(id)
        cross join lateral (
          select * from attachment a where a.tenant_id = ${tenantId}::uuid and a.message_id = m.id and a.state = 'STORED' order by a.place offset 0) a
        order by a.message_id, a.place`),

    /** false: it is no longer awaited. */
    async store(tx: Transaction, { tenantId, id }: Attachment, given: Found): Promise<boolean> {
      const { objectId, contentType, bytes, width, height, hasThumbnail, scan } = given
      const stored = await tx.$executeRaw`
        update attachment set state = 'STORED', object_id = ${objectId}::uuid, content_type = ${contentType}, bytes = ${BigInt(bytes)}, width = ${width}, height = ${height}, has_thumbnail = ${hasThumbnail}, scan = ${scan}
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'AWAITED'`
      return stored > 0
    },

    /** What was sent is not what was said: all of it is to go, now. */
    async refuse({ tenantId, id }: Attachment): Promise<void> {
      await db.$executeRaw`
        update attachment set state = 'REMOVING', remove_at = now() where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'AWAITED'`
    },

    // -------------------------------------------------------------------------------------------- the scanner's

    /** Behind this one. */
    unseen: (after: Attachment | null, limit: number): Promise<Attachment[]> =>
      found(db.$queryRaw<Row[]>`
        select ${columns} from attachment a where a.state = 'STORED' and a.scan = 'PENDING'
          and (${after === null} or (a.created_at, a.id) > (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
        order by a.created_at, a.id limit ${limit}`),

    /** What any worker would ask for: whether there is one of those. */
    hasUnseen: sql`exists (select from attachment where state = 'STORED' and scan = 'PENDING')`,

    async seen({ tenantId, id }: Attachment, scan: ScanState): Promise<void> {
      await db.$executeRaw`
        update attachment set scan = ${scan} where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'STORED'`
    },

    // -------------------------------------------------------------------------------------------- legal hold

    /** Which of these are to be held, and not yet where they are. */
    async toHold(tenantId: Uuid, ids: readonly Uuid[]): Promise<Uuid[]> {
      const found = await db.$queryRaw<{ id: Uuid }[]>`
        select id from attachment where tenant_id = ${tenantId}::uuid and id = any(${[...ids]}::uuid[]) and state = 'REMOVING' and remove_at = 'infinity'`
      return found.map(({ id }) => id)
    },

    /** It is there: REMOVING, and due at no time. */
    async held({ tenantId, id }: Pick<Attachment, 'tenantId' | 'id'>): Promise<void> {
      await db.$executeRaw`
        update attachment set remove_at = null
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'REMOVING' and remove_at = 'infinity'`
    },

    // -------------------------------------------------------------------------------------------- removal

    /** Those whose objects are to go now: of no message after a day, or of one that is deleted. Nobody else is given them for a while. */
    takeDue: (limit: number): Promise<Attachment[]> =>
      found(db.$queryRaw<Row[]>`
        update attachment a set state = 'REMOVING', remove_at = now() + ${RETRY}
        where (a.tenant_id, a.id) in (
          select d.tenant_id, d.id from attachment d where d.remove_at <= now() and d.state <> 'REMOVED' order by d.remove_at limit ${limit} for update skip locked)
        returning ${columns}`),

    /** One that is to be removed, forgotten or swept now. */
    hasDue: sql`(
      exists (select from attachment where remove_at <= now())
      or exists (select from attachment where not is_upload_swept and upload_expires_at < now() - ${RETRY} and state in ('STORED', 'REMOVED')))`,

    /** Its objects are gone; the row still counts for what its owner has sent today. */
    async removed({ tenantId, id }: Pick<Attachment, 'tenantId' | 'id'>): Promise<void> {
      await db.$executeRaw`
        update attachment set state = 'REMOVED', name = '', remove_at = greatest(now(), created_at + ${DAY})
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'REMOVING'`
    },

    async forget(): Promise<void> {
      await db.$executeRaw`delete from attachment where state = 'REMOVED' and remove_at <= now()`
    },

    /** Behind this one, those whose signed upload is over: whatever was sent under it once more, after the check or the removal, may go. */
    toSweep: (after: Attachment | null, limit: number): Promise<Attachment[]> =>
      found(db.$queryRaw<Row[]>`
        select ${columns} from attachment a where not a.is_upload_swept and a.upload_expires_at < now() - ${RETRY} and a.state in ('STORED', 'REMOVED')
          and (${after === null} or (a.upload_expires_at, a.id) > (${after?.uploadExpiresAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
        order by a.upload_expires_at, a.id limit ${limit}`),

    async sweep({ tenantId, id }: Attachment): Promise<void> {
      await db.$executeRaw`update attachment set is_upload_swept = true where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`
    },
  }
}

/** What its owner has asked room for in the last day, and how many files of his no message has claimed. */
export async function roomTaken(tx: Transaction, { tenantId, ownerId }: Pick<NewAttachment, 'tenantId' | 'ownerId'>) {
  const [taken] = await tx.$queryRaw<{ bytes: bigint; unsent: bigint }[]>`
    select coalesce(sum(bytes), 0)::bigint as bytes, count(*) filter (where message_id is null and state in ('AWAITED', 'STORED')) as unsent from attachment
    where tenant_id = ${tenantId}::uuid and owner_id = ${ownerId}::uuid and created_at > now() - ${DAY}`
  return { bytes: Number(taken?.bytes ?? 0), unsent: Number(taken?.unsent ?? 0) }
}

export async function awaitUpload(tx: Transaction, file: NewAttachment): Promise<void> {
  const { tenantId, id, ownerId, name, contentType, bytes, createdAt, uploadExpiresAt } = file
  await tx.$executeRaw`
    insert into attachment (tenant_id, id, owner_id, name, content_type, bytes, created_at, upload_expires_at, remove_at)
    values (${tenantId}::uuid, ${id}::uuid, ${ownerId}::uuid, ${name}, ${contentType}, ${BigInt(bytes)}, ${createdAt}, ${uploadExpiresAt}, ${createdAt}::timestamptz + ${DAY})`
}

/** The message says nothing any more: its files go with it. */
export async function releaseFiles(tx: Transaction, { tenantId, id }: Pick<Message, 'tenantId' | 'id'>): Promise<void> {
  await tx.$executeRaw`update attachment set state = 'REMOVING', remove_at = now() where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid`
}

/** Of a message that was just deleted, they are to be held: never due, on nodes of every release. Answers which they are. */
export async function holdFiles(tx: Transaction, { tenantId, id }: Pick<Message, 'tenantId' | 'id'>): Promise<Uuid[]> {
  const held = await tx.$queryRaw<{ id: Uuid }[]>`
    update attachment set remove_at = 'infinity' where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and state = 'REMOVING' returning id`
  return held.map((file) => file.id)
}

/** Those that were held are where they were: they are the message's again. Answers how many. */
export const restoreFiles = (tx: Transaction, { tenantId, id }: Pick<Message, 'tenantId' | 'id'>): Promise<number> =>
  tx.$executeRaw`
    update attachment set state = 'STORED'
    where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and state = 'REMOVING' and remove_at is null`

interface Unsent {
  tenantId: Uuid
  ownerId: Uuid
  ids: readonly Uuid[]
}

/** They wait for a message that is to be sent then, and longer: a day. false: one of them is not his, not there or of a message already. */
export async function keepUnsent(tx: Transaction, { tenantId, ownerId, ids }: Unsent, until: Date): Promise<boolean> {
  if (!ids.length) return true
  const kept = await tx.$executeRaw`
    update attachment set remove_at = greatest(remove_at, ${until}::timestamptz + ${DAY} + interval '1 hour')
    where tenant_id = ${tenantId}::uuid and owner_id = ${ownerId}::uuid and id = any(${[...ids]}::uuid[])
      and message_id is null and state = 'STORED' and scan <> 'QUARANTINED'`
  return kept === ids.length
}

/** No message waits for them any more: they go a day from now, unless one is sent with them. */
export async function letUnsentGo(tx: Transaction, { tenantId, ownerId, ids }: Unsent): Promise<void> {
  if (!ids.length) return
  await tx.$executeRaw`
    update attachment set remove_at = least(remove_at, now() + ${DAY})
    where tenant_id = ${tenantId}::uuid and owner_id = ${ownerId}::uuid and id = any(${[...ids]}::uuid[]) and message_id is null and state = 'STORED'`
}
