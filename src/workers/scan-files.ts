/** Has each stored file looked at that waits for it. One that cannot be told now is asked again, and keeps no other one waiting. */
import type { Attachment } from '../files/attachment.ts'
import type { Attachments } from '../files/attachments.ts'
import { contentKey, pictureKey } from '../files/keys.ts'
import type { Log } from '../log.ts'
import type { Objects } from '../objects/objects.ts'
import type { Scanner } from '../scanner/scanner.ts'
import { createDue } from './due.ts'
import type { Watched } from './lookout.ts'

interface Dependencies {
  attachments: Attachments
  objects: Objects
  scanner: Scanner
  logger: Log
  now?: () => number
}

const BATCH = 10

export function scanFiles({ attachments, objects, scanner, logger, now = Date.now }: Dependencies): Watched {
  const due = createDue({ read: attachments.unseen, size: BATCH, now })

  async function look({ objectId, ...file }: Attachment): Promise<void> {
    if (!objectId) throw new Error('a stored file names no object')
    const name = { ...file, objectId }
    const content = await objects.read(file.hasThumbnail ? pictureKey(name) : contentKey(name))
    if (!content) throw new Error('the content of a stored file is not there')
    await attachments.seen(name, await scanner.scan(content))
  }

  return {
    name: 'scan-files',
    everyMs: 2_000,
    isDue: attachments.hasUnseen,
    async pass() {
      const { rows, isLast } = await due.take()
      for (const file of rows)
        try {
          await look(file)
          due.done([file])
        } catch (error) {
          due.failed([file])
          logger.warn({ error, file: file.id }, 'a file is not looked at yet')
        }
      return isLast ? 'done' : 'more'
    },
  }
}
