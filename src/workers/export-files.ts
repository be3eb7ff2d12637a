/** Puts a user's own files into his export: a copy of each in the object store, as it is shown, which stays when its message is deleted. */
import { randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ExportPart, ExportRun } from '../accounts/exports.ts'
import type { Attachment } from '../files/attachment.ts'
import { contentKey, exportKeys, pictureKey } from '../files/keys.ts'
import { keep, type Writing } from './export-parts.ts'

const FILES = 20

type Own = Pick<Attachment, 'id' | 'name' | 'hasThumbnail'> & { objectId: string }

export async function copyFiles(writing: Writing, run: ExportRun): Promise<boolean> {
  const { place, tenantId, userId } = run
  if (place.step !== 'FILES') throw new Error('expected the place of files')
  const found = await writing.db.$queryRaw<Own[]>`
    select id, name, has_thumbnail as "hasThumbnail", object_id as "objectId" from attachment
    where tenant_id = ${tenantId}::uuid and owner_id = ${userId}::uuid and state = 'STORED' and scan = 'CLEAN' and object_id is not null
      and (${place.after}::uuid is null or id > ${place.after}::uuid) order by id limit ${FILES}`
  const parts: ExportPart[] = []
  for (const file of found) parts.push(...(await copied(writing, run, file)))
  const last = found.length === FILES ? found.at(-1) : undefined
  return keep(writing, run, {
    place: last ? { step: 'FILES', after: last.id } : { step: 'DONE' },
    parts,
    seen: 0,
    messages: 0,
  })
}

/** None when it is gone meanwhile. */
async function copied({ objects }: Writing, run: ExportRun, file: Own): Promise<ExportPart[]> {
  const name = { tenantId: run.tenantId, ...file }
  const [from, objectId] = [file.hasThumbnail ? pictureKey(name) : contentKey(name), randomUUID()]
  const to = exportKeys(run) + objectId
  const content = (await objects.copy(from, to)) ? await objects.read(to) : null
  if (!content) return []
  let [bytes, crc] = [0, 0]
  for await (const chunk of content) {
    bytes += chunk.length
    crc = crc32(chunk, crc)
  }
  return [{ name: `files/${file.id}/${file.name}`, objectId, isDeflated: false, bytes, plainBytes: bytes, crc }]
}
