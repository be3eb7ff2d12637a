/** The presence of a single process: real code, and the default. Gateways that are given one store share it. */
import { newUuid } from '../lib/ids.ts'
import { UserMap } from '../lib/user-map.ts'
import type { PresenceState, UserName, Uuid } from '../model.ts'
import { leases } from './leases.ts'
import { best, type Presence } from './presence.ts'

export type PresenceStore = ReturnType<typeof presenceStore>

export function presenceStore() {
  return {
    leases: leases(),
    /** By gateway, what it says of its users; who is OFFLINE is not in it. */
    said: new Map<string, UserMap<PresenceState>>(),
  }
}

/** Of a node that shares it with no other. */
export const ownPresence = (): Presence => memoryPresence({ store: presenceStore(), gateway: newUuid() })

export function memoryPresence({ store, gateway }: { store: PresenceStore; gateway: string }): Presence {
  const { leases, said } = store

  /** What those say whose lease holds. */
  const stateOf = (user: UserName): PresenceState =>
    best([...said].flatMap(([by, states]) => (leases.isAlive(by) && states.get(user)) || []))

  function say(user: UserName, state: PresenceState): void {
    const own = said.get(gateway) ?? new UserMap()
    if (state === 'OFFLINE') own.delete(user)
    else own.set(user, state)
    if (own.size) said.set(gateway, own)
    else said.delete(gateway)
  }

  return {
    async put(user, state) {
      const before = stateOf(user)
      say(user, state)
      return { before, after: stateOf(user) }
    },
    renew: async (leaseMs) => leases.renew(gateway, leaseMs),
    async expire() {
      const ended = leases.takeEnded()
      const theirs = new UserMap<PresenceState>()
      for (const by of ended)
        for (const [user, state] of said.get(by) ?? []) theirs.set(user, best([state, theirs.get(user) ?? 'OFFLINE']))
      for (const by of ended) said.delete(by)
      const changes = [...theirs].map(([user, state]) => {
        const after = stateOf(user)
        return { ...user, before: best([state, after]), after }
      })
      return changes.filter(({ before, after }) => before !== after)
    },
    states: async (tenantId: Uuid, userIds: readonly Uuid[]) => userIds.map((userId) => stateOf({ tenantId, userId })),
    close: async () => undefined,
  }
}
