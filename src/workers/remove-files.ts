/** Removes the objects of files that are to go: of deleted messages, of refused uploads, and of what no message has claimed for a day. Again until they are gone. */
import type { Attachments } from '../files/attachments.ts'
import { keysOf, uploadKey } from '../files/keys.ts'
import type { Log } from '../log.ts'
import type { Objects } from '../objects/objects.ts'
import type { Job } from './worker.ts'

interface Dependencies {
  attachments: Attachments
  objects: Objects
  logger: Log
}

const BATCH = 100

export function removeFiles({ attachments, objects, logger }: Dependencies): Job {
  async function each<File extends { id: string }>(files: readonly File[], work: (file: File) => Promise<void>) {
    // One that cannot be removed now keeps no other one back: its row says when it is tried again.
    for (const file of files)
      await work(file).catch((error) => logger.warn({ error, file: file.id }, 'a file is not removed yet'))
  }

  return {
    name: 'remove-files',
    everyMs: 5_000,
    async pass() {
      const due = await attachments.takeDue(BATCH)
      await each(due, async (file) => {
        for await (const key of objects.list(keysOf(file))) await objects.remove(key)
        await attachments.removed(file)
      })
      await attachments.forget()
      const over = await attachments.swept(BATCH)
      await each(over, async (file) => {
        await objects.remove(uploadKey(file))
        await attachments.sweep(file)
      })
      return due.length === BATCH ? 'more' : 'done'
    },
  }
}
