/** What changes in the presence of a tenant's users, for all on this node who follow any of them: one subscription of the bus a tenant. */
import type { Bus, Unsubscribe } from '../bus/bus.ts'
import { EVENT_VERSION, presenceTopic } from '../events.ts'
import type { PresenceState, UserName, Uuid } from '../model.ts'
import type { Presence } from '../presence/presence.ts'

/** `at`: when it became so; of one whose state is as it was: what he shows of himself is another. Must not throw. */
export type OnChange = (change: { userId: Uuid; state: PresenceState; previous: PresenceState; at: Date }) => void

export interface Following {
  /** As it is now, in the order of the ids. What is followed is also kept right when the bus loses a change. */
  states(userIds: readonly Uuid[]): Promise<PresenceState[]>
  stop(): void
}

interface Tenant {
  ready: Promise<void>
  unsubscribe: Unsubscribe
  listeners: Map<Uuid | typeof EVERYBODY, Set<OnChange>>
  /** Of those who are followed: as it was heard or read last. */
  known: Map<Uuid, PresenceState>
}

const EVERYBODY = 'everybody'
const AT_ONCE = 1_000

export type PresenceChanges = ReturnType<typeof createPresenceChanges>

export function createPresenceChanges({ bus, presence }: { bus: Bus; presence: Presence }) {
  const tenants = new Map<Uuid, Tenant>()

  /** Resolves when listening. */
  async function follow(tenantId: Uuid, whom: readonly Uuid[] | typeof EVERYBODY, onChange: OnChange) {
    const tenant = tenants.get(tenantId) ?? open(tenantId)
    const names = whom === EVERYBODY ? [EVERYBODY] : whom
    for (const name of names) tenant.listeners.set(name, (tenant.listeners.get(name) ?? new Set()).add(onChange))
    const following: Following = {
      async states(userIds) {
        const states = await presence.states(tenantId, userIds)
        for (const [i, userId] of userIds.entries()) keep(tenant, userId, states[i] ?? 'OFFLINE')
        return states
      },
      stop() {
        for (const name of names) forget(tenant, name, onChange)
        if (tenant.listeners.size || tenants.get(tenantId) !== tenant) return
        tenants.delete(tenantId)
        tenant.unsubscribe()
      },
    }
    await tenant.ready.catch((error) => {
      following.stop()
      throw error
    })
    return following
  }

  function open(tenantId: Uuid): Tenant {
    const tenant: Tenant = {
      ready: Promise.resolve(),
      unsubscribe: () => undefined,
      listeners: new Map(),
      known: new Map(),
    }
    tenants.set(tenantId, tenant)
    tenant.ready = bus
      .subscribe(presenceTopic(tenantId), (event) => {
        if (event.kind === 'PRESENCE_CHANGED') tell(tenant, event)
        if (event.kind === 'USER_CHANGED') tell(tenant, { ...event, ...unchanged(tenant, event.userId) })
      })
      .then((unsubscribe) => {
        tenant.unsubscribe = unsubscribe
        if (tenants.get(tenantId) !== tenant) unsubscribe()
      })
    return tenant
  }

  return {
    ofUsers: (tenantId: Uuid, userIds: readonly Uuid[], onChange: OnChange): Promise<Following> =>
      follow(tenantId, userIds, onChange),
    ofTenant: (tenantId: Uuid, onChange: OnChange): Promise<Following> => follow(tenantId, EVERYBODY, onChange),

    /** To all nodes: what he shows of himself is another now. */
    userChanged: ({ tenantId, userId }: UserName): void =>
      bus.publish(presenceTopic(tenantId), {
        version: EVENT_VERSION,
        kind: 'USER_CHANGED',
        tenantId,
        streamId: userId,
        at: new Date(),
        userId,
      }),

    /** What the bus has lost: read again of those who are followed. */
    async repair(): Promise<void> {
      for (const [tenantId, tenant] of tenants) {
        const ids = [...tenant.known.keys()]
        for (let from = 0; from < ids.length; from += AT_ONCE) {
          const some = ids.slice(from, from + AT_ONCE)
          const states = await presence.states(tenantId, some)
          for (const [i, userId] of some.entries()) {
            const [previous, state] = [tenant.known.get(userId), states[i] ?? 'OFFLINE']
            if (previous && previous !== state) tell(tenant, { userId, state, previous, at: new Date() })
          }
        }
      }
    },
  }
}

function tell(tenant: Tenant, change: Parameters<OnChange>[0]): void {
  keep(tenant, change.userId, change.state)
  for (const name of [change.userId, EVERYBODY])
    for (const onChange of [...(tenant.listeners.get(name) ?? [])]) onChange(change)
}

function unchanged({ known }: Tenant, userId: Uuid): { state: PresenceState; previous: PresenceState } {
  const state = known.get(userId) ?? 'OFFLINE'
  return { state, previous: state }
}

/** No more than those who are followed, and those who are here where everybody is. */
function keep({ listeners, known }: Tenant, userId: Uuid, state: PresenceState): void {
  if (listeners.has(userId) || (listeners.has(EVERYBODY) && state !== 'OFFLINE')) known.set(userId, state)
  else known.delete(userId)
}

function forget({ listeners, known }: Tenant, name: Uuid | typeof EVERYBODY, onChange: OnChange): void {
  const set = listeners.get(name)
  set?.delete(onChange)
  if (set?.size) return
  listeners.delete(name)
  if (name !== EVERYBODY && !listeners.has(EVERYBODY)) known.delete(name)
}
