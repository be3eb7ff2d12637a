/** The bus: how an event that one node committed reaches the hubs of all nodes. */
import type { BusEvent } from '../events.ts'

/**
 * At most once: it may lose events and may swap neighbours. Loss is repaired from the log by seq, not by the bus.
 * Only log events and declared ephemera travel on it; what is acknowledged is never only here.
 */
export interface Bus {
  /** Never throws and never waits for readers: an event that cannot be published is lost, and the tail finds it. */
  publish(topic: string, event: BusEvent): void
  /**
   * Resolves when listening: what is published after that is heard, unless it is lost. It never fails: while a bus is away it
   * resolves all the same, in bounded time, and listens as soon as the bus is back. `onEvent` must not throw.
   */
  subscribe(topic: string, onEvent: (event: BusEvent) => void): Promise<Unsubscribe>
  close(): Promise<void>
}

/** Nothing is heard once it has been called. */
export type Unsubscribe = () => void
