/** A broadcast as delivery knows it, without a socket below: each of its outlets takes what comes, and leaves when it does not keep up. */
import type { Broadcast, Outlet } from '../../src/delivery/source.ts'

export function broadcast(): Broadcast {
  const outlets = new Map<Outlet, () => void>()
  function leave(outlet: Outlet): void {
    const left = outlets.get(outlet)
    outlets.delete(outlet)
    left?.()
  }
  return {
    enter: (outlet, left) => void outlets.set(outlet, left),
    leave,
    take(delivered) {
      for (const outlet of [...outlets.keys()]) {
        outlet.take(delivered)
        if (!outlet.isOpen) leave(outlet)
      }
    },
  }
}
