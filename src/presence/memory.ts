/** The presence of a single process: real code, and the default. Gateways that are given one store share it. */
import { newUuid } from '../lib/ids.ts'
import type { PresenceState, UserName, Uuid } from '../model.ts'
import { leases } from './leases.ts'
import { best, type Change, type Presence } from './presence.ts'

export type PresenceStore = ReturnType<typeof presenceStore>

export function presenceStore() {
  return {
    leases: leases(),
    /** By user, what each gateway says of him. */
    said: new Map<string, { user: UserName; by: Map<string, PresenceState> }>(),
  }
}

const keyOf = ({ tenantId, userId }: UserName): string => `${tenantId} ${userId}`

/** Of a node that shares it with no other. */
export const ownPresence = (): Presence => memoryPresence({ store: presenceStore(), gateway: newUuid() })

export function memoryPresence({ store, gateway }: { store: PresenceStore; gateway: string }): Presence {
  const { leases, said } = store

  /** What those say whose lease holds. */
  function stateOf(key: string): PresenceState {
    const living = [...(said.get(key)?.by ?? [])].filter(([by]) => leases.isAlive(by))
    return best(living.map(([, state]) => state))
  }

  function takeOut(key: string, by: string): void {
    const entry = said.get(key)
    entry?.by.delete(by)
    if (!entry?.by.size) said.delete(key)
  }

  return {
    async put(user, state) {
      const key = keyOf(user)
      const before = stateOf(key)
      const entry = said.get(key) ?? { user, by: new Map() }
      entry.by.set(gateway, state)
      said.set(key, entry)
      if (state === 'OFFLINE') takeOut(key, gateway)
      return { before, after: stateOf(key) }
    },
    renew: async (leaseMs) => leases.renew(gateway, leaseMs),
    async expire() {
      const ended = new Set(leases.takeEnded())
      const changed: (UserName & Change)[] = []
      if (!ended.size) return changed
      for (const [key, { user, by }] of said) {
        if (!by.keys().some((each) => ended.has(each))) continue
        const before = best(by.values())
        for (const each of ended) takeOut(key, each)
        if (before !== stateOf(key)) changed.push({ ...user, before, after: stateOf(key) })
      }
      return changed
    },
    states: async (tenantId: Uuid, userIds: readonly Uuid[]) =>
      userIds.map((userId) => stateOf(keyOf({ tenantId, userId }))),
    close: async () => undefined,
  }
}
