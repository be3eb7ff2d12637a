/** What the viewer says of his device, or that he wants to be seen nowhere. */
import { isSeenByNobody } from '../accounts/last-seen.ts'
import type { Context } from '../context.ts'
import { assertFeature } from './assert-feature.ts'

export type PresenceChoice = 'ACTIVE' | 'IDLE' | 'INVISIBLE'

/** INVISIBLE is his, on all devices and until ACTIVE; ACTIVE and IDLE are his device's: over HTTP, of all that are connected here. */
export async function setPresence(
  context: Context,
  { state }: { state: PresenceChoice },
): Promise<{ state: PresenceChoice }> {
  const { parts, viewer, device } = context
  const { tenantId, userId } = viewer
  await assertFeature(context, 'presence')
  const user = { tenantId, userId }
  if (state !== 'IDLE') {
    const isInvisible = state === 'INVISIBLE'
    // Asked of the database only where it is not known to be so: who is active goes on being seen while it is away.
    if (isInvisible || parts.devices.isInvisible(user) !== false) {
      const stored = await parts.users.setInvisible(tenantId, userId, isInvisible)
      parts.devices.learn({ ...user, isInvisible: isSeenByNobody(stored) })
    }
  }
  if (state !== 'INVISIBLE') {
    if (device) device.is(state)
    else parts.devices.say(user, state)
  }
  return { state }
}
