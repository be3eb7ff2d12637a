/** A broadcast as delivery knows it, without a socket below: each of its outlets takes what comes, and leaves before it when it does not keep up. */
import type { Delivered } from '../../src/delivery/delivered.ts'
import type { Broadcast, OfBroadcast, Outlet } from '../../src/delivery/source.ts'

export function broadcast(told: OfBroadcast): Broadcast {
  const outlets = new Map<Outlet, { last: Delivered | null }>()
  function leave(outlet: Outlet): void {
    const membership = outlets.get(outlet)
    outlets.delete(outlet)
    if (membership) told.left(outlet, membership.last)
  }
  return {
    enter: (outlet) => void outlets.set(outlet, { last: null }),
    leave,
    take(delivered, otherwise) {
      for (const [outlet, membership] of [...outlets]) {
        if (!outlet.isOpen) leave(outlet)
        else {
          membership.last = otherwise?.get(outlet) ?? delivered
          outlet.take(membership.last)
        }
      }
    },
  }
}
