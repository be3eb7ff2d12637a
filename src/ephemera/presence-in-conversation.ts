/** Which members of a conversation are here, for one listener: all of them, a few and their count, or the count; so much as their number allows. */
import type { Access } from '../conversations/access.ts'
import type { AversionsNow } from '../delivery/aversions-now.ts'
import type { Limits } from '../limits.ts'
import type { PresenceState, UserCaller, Uuid } from '../model.ts'
import type { MembersOnline } from './members-online.ts'
import type { PresenceReport, UserPresence } from './presence-of-users.ts'
import { type Revoked, whileMember } from './while-member.ts'

/** Enough for a row of faces. */
const SAMPLE = 20

interface Dependencies {
  membersOnline: MembersOnline
  access: Access
  aversionsNow: Pick<AversionsNow, 'of'>
}

interface Request {
  viewer: UserCaller
  conversationId: Uuid
  limits: Limits
  everyMs: number
}

/** The caller has found that the viewer may listen. */
export function presenceInConversation(
  dependencies: Dependencies,
  { viewer, conversationId, limits, everyMs }: Request,
): AsyncIterableIterator<PresenceReport | Revoked> {
  return whileMember<PresenceReport>(dependencies, {
    viewer,
    conversationId,
    everyMs,
    open: ({ online }, _bell, isUnknown) => reports(() => known(online, isUnknown), limits),
  })
}

type Online = ReadonlyMap<Uuid, PresenceState>

/** The same object where there is nobody to leave out. */
function known(online: Online, isUnknown: (userId: Uuid) => boolean): Online {
  const others = [...online].filter(([userId]) => !isUnknown(userId))
  return others.length === online.size ? online : new Map(others)
}

export function reports(onlineNow: () => Online, limits: Pick<Limits, 'presenceListed' | 'presenceSampled'>) {
  let given: PresenceReport | null = null
  let listed: Online = new Map()

  return {
    next(): PresenceReport | null {
      const online = onlineNow()
      const coverage = coverageOf(online.size, limits)
      const now = new Map([...online.entries().take(sizeOf(coverage))])
      const before = given?.coverage === coverage ? listed : null
      const changed = before && differences(before, now)
      if (given && changed && !changed.length && given.online === online.size) return null
      listed = now
      // A list that changes is told by its changes; a few that stand for many, as they are now.
      const isDiff = coverage === 'FULL' && changed !== null
      given = {
        kind: 'PRESENCE',
        isSnapshot: !isDiff,
        coverage,
        online: online.size,
        users: isDiff ? changed : [...now].map(([userId, state]) => presenceOf(userId, state)),
      }
      return given
    },
  }
}

function coverageOf(count: number, { presenceListed, presenceSampled }: Parameters<typeof reports>[1]) {
  if (count <= presenceListed) return 'FULL'
  return count <= presenceSampled ? 'SAMPLE' : 'COUNT'
}

const sizeOf = (coverage: PresenceReport['coverage']): number =>
  ({ FULL: Number.POSITIVE_INFINITY, SAMPLE, COUNT: 0 })[coverage]

function differences(before: Online, now: Online): UserPresence[] {
  const gone = [...before.keys()].filter((userId) => !now.has(userId))
  const others = [...now].filter(([userId, state]) => before.get(userId) !== state)
  return [
    ...gone.map((userId) => presenceOf(userId, 'OFFLINE')),
    ...others.map(([userId, state]) => presenceOf(userId, state)),
  ]
}

/** When somebody was here last is told to those who ask by his id. */
const presenceOf = (userId: Uuid, state: PresenceState): UserPresence => ({ userId, state, lastSeenAt: null })
