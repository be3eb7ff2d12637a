/** Brings back what was hidden by a report of which an operator has found that nothing is in it. */
import type { Attachments } from '../files/attachments.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Append } from '../messages/append.ts'
import { restore } from '../messages/restore.ts'
import type { Cases } from '../moderation/cases.ts'
import { type CaseName, restoreHiddenKind } from '../moderation/legal-hold.ts'
import type { Objects } from '../objects/objects.ts'
import { assertHeld, bringBack } from './hold-files.ts'

interface Dependencies {
  attachments: Attachments
  objects: Objects
  append: Append
  cases: Cases
}

export const restoreHidden = ({ attachments, objects, append, cases }: Dependencies): JobHandler<CaseName> => ({
  kind: restoreHiddenKind,
  async handle(name) {
    const { tenantId } = name
    const [found, hidden] = await Promise.all([cases.byId(name.caseId), cases.hidden(name)])
    if (!found?.conversationId || !hidden) return
    const { messageId: id, shown } = hidden
    const ids = shown.attachments.map((file) => file.id)
    await assertHeld(attachments, { tenantId, ids })
    for (const file of ids) await bringBack(objects, { tenantId, id: file })
    const request = { tenantId, actorId: null, streams: [found.conversationId], once: null }
    await append.change(request, async (changing) => {
      await restore(changing, { tenantId, id }, shown)
      return {}
    })
  },
})
