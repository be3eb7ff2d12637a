/** What tabs over one storage say to each other, and which of them sends. */
import type { ChatOptions } from './api.ts'
import type { Clock, Locks, TabChannel } from './environment.ts'
import { leaseLocks, noLocks } from './outbox/lease.ts'
import type { ClientStorage } from './storage/storage.ts'

export interface Tabs {
  locks: Locks
  /** Something was stored that the others should look at. */
  tell(): void
  close(): void
}

interface Options extends Pick<ChatOptions, 'locks' | 'channel'> {
  storage: ClientStorage
  clock: Clock
  /** Of this tab. */
  owner: string
  /** Another one has told. */
  told(): void
}

export function createTabs({ storage, clock, owner, told, ...given }: Options): Tabs {
  const { name } = storage
  const channel = name === null ? null : given.channel === undefined ? openChannel(name) : given.channel
  if (channel) channel.onmessage = () => told()
  return {
    locks: name === null ? noLocks : (given.locks ?? webLocks() ?? leaseLocks({ storage, clock, owner })),
    tell: () => channel?.postMessage('stored'),
    close: () => channel?.close(),
  }
}

function openChannel(name: string): TabChannel | null {
  if (typeof BroadcastChannel === 'undefined') return null
  const channel = new BroadcastChannel(name)
  // Node would not end while it is open.
  if ('unref' in channel && typeof channel.unref === 'function') channel.unref()
  return channel
}

/** Only on pages that came over https, or from this machine. */
function webLocks(): Locks | null {
  return typeof navigator !== 'undefined' && navigator.locks ? navigator.locks : null
}
