/** The presence of chosen users for one listener: first of all of them, then of those that have changed, at most once a second. */
import type { Access } from '../conversations/access.ts'
import type { Acquaintance } from '../conversations/acquaintances.ts'
import type { Averse, AversionsNow } from '../delivery/aversions-now.ts'
import { Cancellable } from '../lib/cancellable.ts'
import { pacedBell } from '../lib/paced-bell.ts'
import type { PresenceState, UserCaller, Uuid } from '../model.ts'
import type { Devices } from './devices.ts'
import type { PresenceChanges } from './presence-changes.ts'

export interface UserPresence {
  userId: Uuid
  state: PresenceState
  lastSeenAt: Date | null
}

export interface PresenceReport {
  kind: 'PRESENCE'
  /** It replaces all that was given before; else it changes that. */
  isSnapshot: boolean
  coverage: 'FULL' | 'SAMPLE' | 'COUNT'
  /** How many are here, listed or not. */
  online: number
  users: readonly UserPresence[]
}

interface Dependencies {
  changes: PresenceChanges
  access: Access
  devices: Pick<Devices, 'leftAt'>
  aversionsNow: Pick<AversionsNow, 'of'>
}

interface Request {
  viewer: UserCaller
  userIds: readonly Uuid[]
  everyMs: number
}

export function presenceOfUsers(
  { changes, access, devices, aversionsNow }: Dependencies,
  { viewer, userIds, everyMs }: Request,
): AsyncIterableIterator<PresenceReport> {
  const bell = pacedBell(everyMs)
  /** Not more than were asked for: of one who changes again, the newest. */
  const pending = new Map<Uuid, PresenceState>()
  /** Of these, those who show something else of themselves. */
  const touched = new Set<Uuid>()
  const shown = new Map<Uuid, PresenceState>()
  /** As it was heard, whether he may see it or not. */
  const heardLast = new Map<Uuid, PresenceState>()
  /** Those whom the viewer may see, and when they were here last: as the database said when it answered last. */
  const known = new Map<Uuid, Date | null>()
  return new Cancellable(run(), () => bell.takeDown())

  async function* run(): AsyncGenerator<PresenceReport, void, undefined> {
    const following = await changes.ofUsers(viewer.tenantId, userIds, ({ userId, state, previous }) => {
      pending.set(userId, state)
      if (state === previous) touched.add(userId)
      bell.ring()
    })
    let averse: Averse | null = null
    try {
      averse = await aversionsNow.of(viewer, askAgain)
      const states = await following.states(userIds)
      await meet(userIds)
      yield report({ isSnapshot: true, users: userIds.map((userId, i) => show(userId, states[i] ?? 'OFFLINE')) })
      while (await bell.rung()) {
        const heard = [...pending]
        pending.clear()
        for (const [userId, state] of heard) heardLast.set(userId, state)
        // Asked again for whoever has changed: it is told only while they share a conversation. With the database away, as it was.
        await meet(heard.map(([userId]) => userId)).catch(() => undefined)
        const isOther = ([userId, state]: [Uuid, PresenceState]) =>
          visible(userId, state) !== shown.get(userId) || (touched.has(userId) && known.has(userId))
        const changed = heard.filter(isOther)
        touched.clear()
        const users = changed.map(([userId, state]) => show(userId, state))
        if (users.length) yield report({ isSnapshot: false, users })
      }
    } finally {
      following.stop()
      averse?.stop()
    }
  }

  /** Who may be seen is another than before: of those he has asked for, few. */
  function askAgain(): void {
    for (const [userId, state] of heardLast) if (!pending.has(userId)) pending.set(userId, state)
    bell.ring()
  }

  async function meet(ids: readonly Uuid[]): Promise<void> {
    const met = await access.toWatch(viewer, ids)
    for (const [i, userId] of ids.entries()) {
      const acquaintance = met[i]
      if (acquaintance) known.set(userId, lastSeenOf(userId, acquaintance))
      else known.delete(userId)
    }
  }

  /** He may have left just now, before it was noted. */
  function lastSeenOf(userId: Uuid, { showsLastSeen, lastSeenAt }: Acquaintance): Date | null {
    if (!showsLastSeen) return null
    const leftAt = devices.leftAt({ tenantId: viewer.tenantId, userId })
    return leftAt && (!lastSeenAt || leftAt > lastSeenAt) ? leftAt : lastSeenAt
  }

  function visible(userId: Uuid, state: PresenceState): PresenceState {
    return known.has(userId) ? state : 'OFFLINE'
  }

  function show(userId: Uuid, heard: PresenceState): UserPresence {
    heardLast.set(userId, heard)
    const state = visible(userId, heard)
    shown.set(userId, state)
    return { userId, state, lastSeenAt: state === 'OFFLINE' ? (known.get(userId) ?? null) : null }
  }

  function report(given: Pick<PresenceReport, 'isSnapshot' | 'users'>): PresenceReport {
    const online = [...shown.values()].filter((state) => state !== 'OFFLINE').length
    return { kind: 'PRESENCE', coverage: 'FULL', online, ...given }
  }
}
