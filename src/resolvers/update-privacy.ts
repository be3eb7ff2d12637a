/** What others see of the viewer. */
import type { Context } from '../context.ts'
import type { User } from '../model.ts'

/** Repeating it changes nothing. */
export async function updatePrivacy(context: Context, input: { showReceipts: boolean }): Promise<{ user: User }> {
  const { parts, viewer } = context
  return { user: await parts.users.setReceipts(viewer.tenantId, viewer.userId, input.showReceipts) }
}
