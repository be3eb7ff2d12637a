/** Tells all nodes that follow a tenant's presence of a change in it. */
import type { Bus } from '../bus/bus.ts'
import { EVENT_VERSION, presenceTopic } from '../events.ts'
import type { UserName } from '../model.ts'
import type { Change } from '../presence/presence.ts'

export interface Announced extends UserName, Change {
  at: Date
}

export const announceOn =
  (bus: Bus) =>
  ({ tenantId, userId, before, after, at }: Announced): void =>
    bus.publish(presenceTopic(tenantId), {
      version: EVENT_VERSION,
      kind: 'PRESENCE_CHANGED',
      tenantId,
      streamId: userId,
      at,
      userId,
      state: after,
      previous: before,
    })
