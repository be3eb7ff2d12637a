/** Removes the objects of files that are to go: of deleted messages, of refused uploads, and of what no message has claimed for a day. Again until they are gone. */
import type { Attachment } from '../files/attachment.ts'
import type { Attachments } from '../files/attachments.ts'
import { keysOf, uploadKey } from '../files/keys.ts'
import type { Log } from '../log.ts'
import type { Objects } from '../objects/objects.ts'
import { createDue } from './due.ts'
import type { Watched } from './lookout.ts'

interface Dependencies {
  attachments: Attachments
  objects: Objects
  logger: Log
  now?: () => number
}

const BATCH = 100

export function removeFiles({ attachments, objects, logger, now = Date.now }: Dependencies): Watched {
  const toSweep = createDue({ read: attachments.toSweep, size: BATCH, now })

  /** Its row says when it is tried again. */
  async function remove(file: Attachment): Promise<void> {
    for await (const key of objects.list(keysOf(file))) await objects.remove(key)
    await attachments.removed(file)
  }

  async function sweep(file: Attachment): Promise<void> {
    await objects.remove(uploadKey(file))
    await attachments.sweep(file)
  }

  /** One that cannot be removed now keeps no other one back. */
  const notYet = ({ id }: Attachment, error: unknown) => logger.warn({ error, file: id }, 'a file is not removed yet')

  return {
    name: 'remove-files',
    everyMs: 5_000,
    isDue: attachments.hasDue,
    async pass() {
      const due = await attachments.takeDue(BATCH)
      for (const file of due) await remove(file).catch((error) => notYet(file, error))
      await attachments.forget()
      const { rows, isLast } = await toSweep.take()
      for (const file of rows)
        try {
          await sweep(file)
          toSweep.done([file])
        } catch (error) {
          toSweep.failed([file])
          notYet(file, error)
        }
      return due.length === BATCH || !isLast ? 'more' : 'done'
    },
  }
}
