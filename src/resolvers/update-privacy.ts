/** What others see of the viewer. */
import type { Context } from '../context.ts'
import type { User } from '../model.ts'

interface Input {
  showReceipts?: boolean | null
  showLastSeen?: boolean | null
}

/** Repeating it changes nothing; what is not given stays. */
export async function updatePrivacy(
  { parts, viewer }: Context,
  { showReceipts, showLastSeen }: Input,
): Promise<{ user: User }> {
  const shown = {
    ...(showReceipts != null && { receipts: showReceipts }),
    ...(showLastSeen != null && { showsLastSeen: showLastSeen }),
  }
  return { user: await parts.users.setPrivacy(viewer.tenantId, viewer.userId, shown) }
}
