/** The parts of an export: put into the object store first, then kept in the table with the place behind them. */
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import { about } from '../accounts/exported.ts'
import {
  type ExportPart,
  type ExportRun,
  type Exports,
  type Progress,
  removalDue,
  removeExportKind,
} from '../accounts/exports.ts'
import { type Db, transaction } from '../db.ts'
import { exportKeys } from '../files/keys.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Log } from '../log.ts'
import type { Objects } from '../objects/objects.ts'

export interface Writing {
  db: Db
  exports: Exports
  objects: Objects
  jobs: Jobs
  logger: Pick<Log, 'warn'>
}

const deflate = promisify(deflateRaw)

/** A part of text. */
export async function putRows(
  { objects }: Writing,
  run: ExportRun,
  { name, text }: { name: string; text: string },
): Promise<ExportPart> {
  const plain = Buffer.from(text)
  const content = await deflate(plain)
  const objectId = randomUUID()
  await objects.put(exportKeys(run) + objectId, content, {
    bytes: content.length,
    contentType: 'application/octet-stream',
  })
  return { name, objectId, isDeflated: true, bytes: content.length, plainBytes: plain.length, crc: crc32(plain) }
}

/** The last one says what it is. What is not kept goes again. */
export async function keep(writing: Writing, run: ExportRun, progress: Progress): Promise<boolean> {
  const { db, exports, objects, jobs } = writing
  const parts = [...progress.parts]
  const isLast = progress.place.step === 'DONE'
  if (isLast)
    parts.push(await putRows(writing, run, { name: 'about.json', text: JSON.stringify(aboutOf(run), null, 2) }))
  const isKept = await transaction(db, async (tx) => {
    const kept = await exports.keep(tx, run, { ...progress, parts })
    if (kept && isLast)
      await jobs.send(removeExportKind, { tenantId: run.tenantId, id: run.id }, { tx, at: removalDue() })
    return kept
  })
  if (!isKept) for (const { objectId } of parts) await objects.remove(exportKeys(run) + objectId)
  return isKept
}

const aboutOf = ({ userId, requestedAt, messages }: ExportRun) =>
  about({ userId, requestedAt, finishedAt: new Date(), messages })
