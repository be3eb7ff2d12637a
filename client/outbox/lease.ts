/** One tab at a time, where a browser has no Web Locks: a lease in the storage they share. Two may hold it for a moment; what they send has the same ids. */
import type { Clock, Locks } from '../environment.ts'
import type { ClientStorage } from '../storage/storage.ts'

const LEASE_MS = 6_000
const RENEW_MS = 2_000
/** After writing it is looked whether another one wrote over it. */
const SETTLE_MS = 30
const AGAIN_MS = 500

interface Lease {
  owner: string
  until: number
}

interface Options {
  storage: ClientStorage
  clock: Clock
  /** Of this tab. */
  owner: string
}

export function leaseLocks({ storage, clock, owner }: Options): Locks {
  const wait = (ms: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, ms))
  const read = async (key: string) => (await storage.get(key)) as Lease | undefined
  const write = (key: string) => storage.set(key, { owner, until: clock.now() + LEASE_MS } satisfies Lease)

  async function take(key: string): Promise<boolean> {
    const held = await read(key)
    const now = clock.now()
    // One that ends later than it can is of a clock that has been set back since.
    if (held && held.owner !== owner && held.until > now && held.until <= now + LEASE_MS) return false
    await write(key)
    await wait(SETTLE_MS)
    return (await read(key))?.owner === owner
  }

  return {
    async request(name, work) {
      const key = `lease/${name}`
      while (!(await take(key))) await wait(AGAIN_MS)
      let timer: unknown
      const renew = () => {
        timer = clock.setTimeout(renew, RENEW_MS)
        void write(key)
      }
      timer = clock.setTimeout(renew, RENEW_MS)
      try {
        return await work()
      } finally {
        clock.clearTimeout(timer)
        await storage.delete(key)
      }
    },
  }
}

/** Nobody shares it. */
export const noLocks: Locks = { request: (_name, work) => work() }
