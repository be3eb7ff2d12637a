/**
 * Moves the objects of files under legal hold to where no URL leads that was ever given, and removes them once they are let go. Two moves against each
 * other would lose what they move: whoever ends a hold waits until its files are where they are held.
 */
import type { Attachments } from '../files/attachments.ts'
import { type FileName, heldKey, heldKeysOf, keysOf } from '../files/keys.ts'
import type { JobHandler } from '../jobs/queue.ts'
import { type Files, holdFilesKind, letFilesGoKind } from '../moderation/legal-hold.ts'
import type { Objects } from '../objects/objects.ts'

interface Dependencies {
  attachments: Attachments
  objects: Objects
}

export const holdFiles = ({ attachments, objects }: Dependencies): JobHandler<Files> => ({
  kind: holdFilesKind,
  async handle({ tenantId, ids }, signal) {
    for (const id of await attachments.toHold(tenantId, ids)) {
      for await (const key of objects.list(keysOf({ tenantId, id }))) {
        signal.throwIfAborted()
        await move(objects, key, heldKey(key))
      }
      await attachments.held({ tenantId, id })
    }
  },
})

export const letFilesGo = ({ attachments, objects }: Dependencies): JobHandler<Files> => ({
  kind: letFilesGoKind,
  async handle(files, signal) {
    await assertHeld(attachments, files)
    const { tenantId, ids } = files
    // Where it was, too: its sender may have written there again while his URL was good.
    for (const keys of ids.flatMap((id) => [heldKeysOf({ tenantId, id }), keysOf({ tenantId, id })]))
      for await (const key of objects.list(keys)) {
        signal.throwIfAborted()
        await objects.remove(key)
      }
    for (const id of ids) await attachments.removed({ tenantId, id })
  },
})

/** Throws while one of them is on its way: then it is tried again soon. */
export async function assertHeld(attachments: Attachments, { tenantId, ids }: Files): Promise<void> {
  if ((await attachments.toHold(tenantId, ids)).length)
    throw new Error('files are not yet where they are held: the job hold-files comes first')
}

export async function bringBack(objects: Objects, file: FileName): Promise<void> {
  const [own, held] = [keysOf(file), heldKeysOf(file)]
  for await (const key of objects.list(held)) await move(objects, key, own + key.slice(held.length))
}

/** Killed in the middle it is in both places, and is moved again. */
async function move(objects: Objects, from: string, to: string): Promise<void> {
  if (await objects.copy(from, to)) await objects.remove(from)
}
