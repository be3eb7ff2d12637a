/**
 * Whom those who listen on this node have blocked or muted, and who has blocked them, as of now: read when one begins to listen, and again when it
 * changes. One subscription of the bus a tenant; what the bus has lost is found by `repair`.
 */
import type { Bus, Unsubscribe } from '../bus/bus.ts'
import { type AversionStore, type Aversions, NO_AVERSIONS } from '../conversations/aversions.ts'
import { aversionTopic, type BusEvent } from '../events.ts'
import type { UserName, Uuid } from '../model.ts'

/** What a listener holds of them. */
export interface Averse {
  readonly now: Aversions
  stop(): void
}

interface Watched {
  name: UserName
  now: Aversions
  ready: Promise<void>
  /** Few: a list of just so many is the smallest that holds them. */
  listeners: readonly { changed: () => void }[]
}

interface Tenant {
  ready: Promise<void>
  unsubscribe: Unsubscribe
  watched: Map<Uuid, Watched>
}

interface Dependencies {
  bus: Bus
  store: Pick<AversionStore, 'of' | 'changedLately'>
}

/** More than passes between two repairs, with one that failed. */
export const LATELY_SECONDS = 30

export type AversionsNow = ReturnType<typeof createAversionsNow>

export function createAversionsNow({ bus, store }: Dependencies) {
  const tenants = new Map<Uuid, Tenant>()

  async function refresh(watched: Watched): Promise<void> {
    const now = await store.of(watched.name)
    if (isSame(now, watched.now)) return
    watched.now = now
    for (const listener of watched.listeners) listener.changed()
  }

  function open(tenantId: Uuid): Tenant {
    const tenant: Tenant = { ready: Promise.resolve(), unsubscribe: () => undefined, watched: new Map() }
    tenants.set(tenantId, tenant)
    const heard = (event: BusEvent) => {
      if (event.kind !== 'USER_BLOCKED' && event.kind !== 'USER_MUTED') return
      for (const userId of [event.streamId, event.userId]) {
        const own = tenant.watched.get(userId)
        if (own) void refresh(own).catch(() => undefined) // the next repair finds it
      }
    }
    tenant.ready = bus.subscribe(aversionTopic(tenantId), heard).then((unsubscribe) => {
      tenant.unsubscribe = unsubscribe
      if (tenants.get(tenantId) !== tenant) unsubscribe()
    })
    return tenant
  }

  function begin(tenant: Tenant, name: UserName): Watched {
    const own: Watched = { name, now: NO_AVERSIONS, ready: Promise.resolve(), listeners: [] }
    own.ready = tenant.ready.then(() => refresh(own)) // listens first
    tenant.watched.set(name.userId, own)
    return own
  }

  function stop({ name }: Watched): void {
    const tenant = tenants.get(name.tenantId)
    const own = tenant?.watched.get(name.userId)
    if (!tenant || !own || own.listeners.length) return
    tenant.watched.delete(name.userId)
    if (tenant.watched.size) return
    tenants.delete(name.tenantId)
    tenant.unsubscribe()
  }

  /** A class: there are as many of them as subscriptions. */
  class Listener implements Averse {
    readonly #watched: Watched
    readonly changed: () => void

    constructor(watched: Watched, changed: () => void) {
      this.#watched = watched
      this.changed = changed
      watched.listeners = [...watched.listeners, this]
    }
    get now(): Aversions {
      return this.#watched.now
    }
    stop(): void {
      const watched = this.#watched
      if (!watched.listeners.includes(this)) return
      watched.listeners = watched.listeners.filter((each) => each !== this)
      stop(watched)
    }
  }

  return {
    /** Resolves when they are known. `changed` is called whenever they are others; it must not throw. */
    async of({ tenantId, userId }: UserName, changed: () => void = () => undefined): Promise<Averse> {
      const tenant = tenants.get(tenantId) ?? open(tenantId)
      const own = tenant.watched.get(userId) ?? begin(tenant, { tenantId, userId })
      const listener = new Listener(own, changed)
      await own.ready.catch((error) => {
        listener.stop()
        throw error
      })
      return listener
    },

    async repair(): Promise<void> {
      if (!tenants.size) return
      for (const { tenantId, userId } of await store.changedLately(LATELY_SECONDS)) {
        const own = tenants.get(tenantId)?.watched.get(userId)
        if (own) await refresh(own)
      }
    },
  }
}

const isSame = (one: Aversions, other: Aversions): boolean =>
  sameSet(one.ignored, other.ignored) && sameSet(one.severed, other.severed)

const sameSet = (one: ReadonlySet<Uuid>, other: ReadonlySet<Uuid>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id))
