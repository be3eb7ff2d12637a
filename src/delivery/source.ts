/** A subscription's events for one reader: pulled one by one, or pushed as long as the reader keeps up. */
import { Cancellable } from '../lib/cancellable.ts'
import type { Delivered } from './delivered.ts'

/** Where live events go at once. */
export interface Outlet {
  /** Whether it takes anything just now. What comes while it does not goes through the iterator, which waits for its reader. */
  readonly isOpen: boolean
  /** Only while it is open. Must not throw. */
  take(delivered: Delivered): void
  /** The same object for outlets that are written the same. */
  readonly group: object
  /** Of outlets of its group. */
  broadcast(told: OfBroadcast): Broadcast
}

/** What it takes goes to every outlet that is in it, as if each had taken it, at the price of one. */
export interface Broadcast {
  /** From now on. */
  enter(outlet: Outlet): void
  /** Nothing happens when it is not in it. */
  leave(outlet: Outlet): void
  /** `otherwise`: of the same place, for outlets that are in it and get another one in its stead. Must not throw. */
  take(delivered: Delivered, otherwise?: Otherwise | null): void
}

export interface OfBroadcast {
  /**
   * From now on the outlet goes on by itself: it was told to leave, or does not keep up. `last`: of what was taken since it entered, the newest that it has
   * got or will; null when there is none.
   */
  left(outlet: Outlet, last: Delivered | null): void
}

export type Otherwise = ReadonlyMap<Outlet, Delivered>

/**
 * Past, and whatever takes a look at the database first, comes through the iterator. Once an outlet is there, a live event that is the next one and
 * the same for everybody goes to it at once; never before all that came through the iterator was asked for, so that both together are in order.
 */
export interface Source extends AsyncIterableIterator<Delivered> {
  pushTo(outlet: Outlet): void
}

export function sourceOf(
  events: AsyncIterator<Delivered>,
  { cancel, pushTo }: { cancel: () => void; pushTo: (outlet: Outlet) => void },
): Source {
  return Object.assign(new Cancellable(events, cancel), { pushTo })
}

export const isSource = (source: object): source is Source => 'pushTo' in source
