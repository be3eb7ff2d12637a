/** What a user's tabs share: a storage with some latency, locks, and a channel. */
import type { Locks, TabChannel } from '../../client/environment.ts'
import { memoryStorage } from '../../client/storage/memory.ts'
import type { ClientStorage } from '../../client/storage/storage.ts'
import type { Clock } from '../simulate/clock.ts'
import type { Random } from '../support/adversary.ts'

export type Device = ReturnType<typeof createDevice>

/** What one tab has of it: it all ends with the tab. */
export interface Desk {
  storage: ClientStorage
  locks: Locks
  channel: TabChannel
  leave(): void
}

export function createDevice(name: string, { clock, dice }: { clock: Clock; dice: Random }) {
  const disk = memoryStorage(name)
  const holders = new Map<string, { owner: object; go: () => void }[]>()
  const channels = new Set<TabChannel>()
  /** Entries of the outbox that were ever kept: only these outlive a tab that is killed. */
  const kept = new Set<string>()
  let free = 0
  /** It takes nothing more. */
  let isFull = false

  /** One after the other, as transactions are. */
  function transaction<T>(work: () => Promise<T>, isGone: () => boolean): Promise<T> {
    free = Math.max(free, clock.now() + dice.below(4))
    return new Promise((resolve, reject) => {
      clock.after(free - clock.now(), () => isGone() || void work().then(resolve, reject))
    })
  }

  function release(name: string, owner: object): void {
    const queue = holders.get(name) ?? []
    const wasFirst = queue[0]?.owner === owner
    holders.set(
      name,
      queue.filter((each) => each.owner !== owner),
    )
    if (wasFirst) holders.get(name)?.[0]?.go()
  }

  function open(): Desk {
    let isGone = false
    const owner = {}
    const own = <T>(work: () => Promise<T>) => transaction(work, () => isGone)
    const channel: TabChannel = {
      onmessage: null,
      postMessage: () => {
        for (const other of channels)
          if (other !== channel)
            clock.after(1 + dice.below(5), () => channels.has(other) && other.onmessage?.({} as never))
      },
      close: () => void channels.delete(channel),
    }
    channels.add(channel)
    return {
      storage: {
        name,
        get: (key) => own(() => disk.get(key)),
        set: (key, value) =>
          own(async () => {
            if (isFull) throw new Error('the quota is exceeded')
            if (key.startsWith('outbox/')) kept.add((value as { clientId: string }).clientId)
            return disk.set(key, value)
          }),
        delete: (key) => own(() => disk.delete(key)),
        keys: () => own(() => disk.keys()),
      },
      locks: {
        async request(name, work) {
          const turn = { owner, go: () => {} }
          const mine = new Promise<void>((resolve) => {
            turn.go = resolve
          })
          const queue = [...(holders.get(name) ?? []), turn]
          holders.set(name, queue)
          if (queue[0] === turn) turn.go()
          await mine
          try {
            return await work()
          } finally {
            release(name, owner)
          }
        },
      },
      channel,
      leave() {
        isGone = true
        channels.delete(channel)
        for (const name of holders.keys()) release(name, owner)
      },
    }
  }

  return {
    open,
    wasKept: (clientId: string) => kept.has(clientId),
    fill(now: boolean): void {
      isFull = now
    },
  }
}
