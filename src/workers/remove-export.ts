/** Takes away what a user was given of himself: its objects, then its rows. Twice does no harm. */
import { type Exports, removeExportKind } from '../accounts/exports.ts'
import { exportKeys, type FileName } from '../files/keys.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Objects } from '../objects/objects.ts'

interface Dependencies {
  exports: Exports
  objects: Objects
}

export const removeExport = (dependencies: Dependencies): JobHandler<FileName> => ({
  kind: removeExportKind,
  handle: async (name) => void (await removeArchive(dependencies, name)),
})

/** Answers how many objects there were. */
export async function removeArchive({ exports, objects }: Dependencies, name: FileName): Promise<number> {
  let removed = 0
  for await (const key of objects.list(exportKeys(name))) {
    await objects.remove(key)
    removed++
  }
  await exports.expire(name)
  return removed
}
