/** Has each stored file looked at that waits for it. */
import type { Attachments } from '../files/attachments.ts'
import { contentKey, pictureKey } from '../files/keys.ts'
import type { Objects } from '../objects/objects.ts'
import type { Scanner } from '../scanner/scanner.ts'
import type { Job } from './worker.ts'

const BATCH = 10

export function scanFiles({
  attachments,
  objects,
  scanner,
}: {
  attachments: Attachments
  objects: Objects
  scanner: Scanner
}): Job {
  return {
    name: 'scan-files',
    everyMs: 2_000,
    async pass() {
      const unseen = await attachments.unseen(BATCH)
      for (const { objectId, ...file } of unseen) {
        if (!objectId) continue
        const name = { ...file, objectId }
        const content = await objects.read(file.hasThumbnail ? pictureKey(name) : contentKey(name))
        if (content) await attachments.seen({ ...file, objectId }, await scanner.scan(content))
      }
      return unseen.length === BATCH ? 'more' : 'done'
    },
  }
}
