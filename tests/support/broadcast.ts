/** A broadcast as delivery knows it, without a socket below: each of its outlets takes what comes, and leaves before it when it does not keep up. */
import type { Delivered } from '../../src/delivery/delivered.ts'
import type { Broadcast, Outlet } from '../../src/delivery/source.ts'

export function broadcast(): Broadcast {
  const outlets = new Map<Outlet, { left: (last: Delivered | null) => void; last: Delivered | null }>()
  function leave(outlet: Outlet): void {
    const membership = outlets.get(outlet)
    outlets.delete(outlet)
    membership?.left(membership.last)
  }
  return {
    enter: (outlet, left) => void outlets.set(outlet, { left, last: null }),
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
