/** What others see of the viewer, and who may write to him. */
import { isSeenByNobody } from '../accounts/last-seen.ts'
import { setPrivacy } from '../accounts/profiles.ts'
import type { Context } from '../context.ts'
import type { Audience, User } from '../model.ts'
import { changeAccount } from './change-account.ts'

interface Input {
  showReceipts?: boolean | null
  showLastSeen?: boolean | null
  presenceTo?: Audience | null
  messagesFrom?: Audience | null
}

/** Repeating it changes nothing; what is not given stays. */
export async function updatePrivacy(context: Context, input: Input): Promise<{ user: User }> {
  const { showReceipts, showLastSeen, presenceTo, messagesFrom } = input
  const changed = await changeAccount(
    context,
    {},
    {
      mutation: 'updatePrivacy',
      part: 'PRIVACY',
      write: (tx) =>
        setPrivacy(tx, context.viewer, {
          receipts: showReceipts ?? undefined,
          showsLastSeen: showLastSeen ?? undefined,
          presenceTo: presenceTo ?? undefined,
          messagesFrom: messagesFrom ?? undefined,
        }),
    },
  )
  const { tenantId, userId } = context.viewer
  context.parts.devices.learn({ tenantId, userId, isInvisible: isSeenByNobody(changed.user) })
  return changed
}
