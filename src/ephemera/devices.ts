/**
 * The devices of this gateway's users, one a socket: what they make together is said to the presence, and what that changes is announced.
 * Whoever has no device left goes offline a while later, so that a deploy or a bad link does not show.
 */
import { type Noted, toMinute } from '../accounts/last-seen.ts'
import { UserMap } from '../lib/user-map.ts'
import type { PresenceState, UserName, Uuid } from '../model.ts'
import { best, type Presence } from '../presence/presence.ts'
import type { Announced } from './announce.ts'
import type { Pace } from './pace.ts'

export type DeviceState = 'ACTIVE' | 'IDLE'

export interface Device {
  is(state: DeviceState): void
  gone(): void
}

interface Dependencies {
  presence: Presence
  announce: (change: Announced) => void
  isInvisible: (user: UserName) => Promise<boolean>
  /** Says what could not be said or asked; the next pass does it again. */
  onError: (error: unknown) => void
  leaveMs: Pace['leaveMs']
}

interface Here {
  user: UserName
  /** Few: a list of just so many is the smallest that holds them. */
  devices: readonly { state: DeviceState }[]
  /** null: not known yet, and so he is not shown. */
  isInvisible: boolean | null
  said: PresenceState
  leaving: NodeJS.Timeout | null
  /** When the last device that has gone went. */
  goneAt: number
}

export type Devices = ReturnType<typeof createDevices>

/** Of those who have left and were not noted yet, while the database is away. */
const MOST_LEFT = 100_000

export function createDevices({ presence, announce, isInvisible, onError, leaveMs }: Dependencies) {
  const here = new UserMap<Here>()
  const left = new UserMap<Date>()

  /** Of a user, acknowledged just now. */
  function connected({ tenantId, userId }: UserName): Device {
    const user = { tenantId, userId }
    const device = new Connected(here.get(user) ?? arrive(user))
    device.own.devices = [...device.own.devices, device]
    settle(device.own)
    return device
  }

  class Connected implements Device {
    readonly own: Here
    state: DeviceState = 'ACTIVE'

    constructor(own: Here) {
      this.own = own
    }
    is(state: DeviceState): void {
      if (!this.own.devices.includes(this)) return
      this.state = state
      settle(this.own)
    }
    gone(): void {
      const { devices } = this.own
      if (!devices.includes(this)) return
      this.own.devices = devices.filter((each) => each !== this)
      this.own.goneAt = Date.now()
      settle(this.own)
    }
  }

  function arrive(user: UserName): Here {
    const own: Here = {
      user,
      devices: [],
      isInvisible: null,
      said: 'OFFLINE',
      leaving: null,
      goneAt: Date.now(),
    }
    here.set(user, own)
    isInvisible(user).then((answer) => {
      if (own.isInvisible === null) learn({ ...user, isInvisible: answer }) // else he has said it himself meanwhile
    }, onError)
    return own
  }

  function settle(own: Here): void {
    const state = own.isInvisible === false ? best(own.devices.map((device) => device.state)) : 'OFFLINE'
    const lingers = state === 'OFFLINE' && own.isInvisible === false && own.said !== 'OFFLINE'
    if (lingers) own.leaving ??= setTimeout(() => leave(own), leaveMs()).unref()
    else {
      if (own.leaving) clearTimeout(own.leaving)
      own.leaving = null
      say(own, state, new Date())
      if (!own.devices.length) here.delete(own.user)
    }
  }

  function leave(own: Here): void {
    here.delete(own.user)
    say(own, 'OFFLINE', new Date(own.goneAt))
    if (left.size < MOST_LEFT) left.set(own.user, toMinute(own.goneAt))
  }

  function say(own: Here, state: PresenceState, at: Date): void {
    if (state === own.said) return
    own.said = state
    tell(own, at)
  }

  function tell({ user, said }: Here, at: Date): void {
    presence.put(user, said).then((change) => {
      if (change.before !== change.after) announce({ ...user, ...change, at })
    }, onError)
  }

  function learn({ isInvisible, ...user }: UserName & { isInvisible: boolean }): void {
    const own = here.get(user)
    if (!own || own.isInvisible === isInvisible) return
    own.isInvisible = isInvisible
    settle(own)
  }

  return {
    connected,
    /** That he wants to be seen nowhere, or again: at once, and whatever his devices say. */
    learn,

    /** Of all his devices here. */
    say(user: UserName, state: DeviceState): void {
      const own = here.get(user)
      if (!own) return
      for (const device of own.devices) device.state = state
      settle(own)
    },

    /** null where none of his devices is here, or it is not known yet. */
    isInvisible: (user: UserName): boolean | null => here.get(user)?.isInvisible ?? null,

    /** Everything once more: the lease had ended. */
    sayAgain(): void {
      for (const own of here.values()) if (own.said !== 'OFFLINE') tell(own, new Date())
    },

    /** Who has left, and who is here, with when last: to be noted. */
    seen(): { left: Noted[]; here: Noted[] } {
      const now = toMinute(Date.now())
      const [gone, present] = [inGroups(), inGroups()]
      for (const [user, at] of left) gone.put(user, at, false)
      for (const { user, said, leaving, goneAt, isInvisible } of here.values())
        present.put(user, said === 'OFFLINE' ? null : leaving ? toMinute(goneAt) : now, isInvisible)
      return { left: gone.groups(), here: present.groups() }
    },

    /** Of those who have left: they need not be kept, unless they came and left again meanwhile. */
    noted(groups: readonly Noted[]): void {
      for (const { tenantId, userIds, at } of groups)
        for (const userId of userIds) {
          const user = { tenantId, userId }
          if (left.get(user)?.getTime() === at?.getTime()) left.delete(user)
        }
    },

    /** Of who has left and was not noted yet. */
    leftAt: (user: UserName): Date | null => left.get(user) ?? null,

    /** Its users stay in until the lease ends: they are on their way to another node. */
    close(): void {
      for (const { leaving } of here.values()) if (leaving) clearTimeout(leaving)
    },
  }
}

/** Nearly all of a tenant are seen now, and visible: so ten thousand of them are a few groups and the list of their ids. */
function inGroups() {
  const byWhat = new Map<string, Noted>()
  let latest: Noted | null = null

  return {
    put({ tenantId, userId }: UserName, at: Date | null, isInvisible: boolean | null): void {
      if (latest?.tenantId !== tenantId || latest.at !== at || latest.isInvisible !== isInvisible)
        latest = groupOf(tenantId, at, isInvisible)
      latest.userIds.push(userId)
    },
    groups: (): Noted[] => [...byWhat.values()],
  }

  function groupOf(tenantId: Uuid, at: Date | null, isInvisible: boolean | null): Noted {
    const what = `${tenantId} ${at?.getTime()} ${isInvisible}`
    const group = byWhat.get(what) ?? { tenantId, userIds: [], at, isInvisible }
    byWhat.set(what, group)
    return group
  }
}
