/**
 * Which members of a conversation are here: counted once when the first on this node asks, then kept up by what changes in the tenant's presence
 * and in the conversation's log. Shared by all who listen to that conversation.
 */
import type { Acquaintances } from '../conversations/acquaintances.ts'
import type { Hubs } from '../delivery/hubs.ts'
import type { ChatEvent } from '../events.ts'
import type { PresenceState, Uuid } from '../model.ts'
import { type Asker, createNewcomers } from './newcomers.ts'
import type { Following, PresenceChanges } from './presence-changes.ts'

export interface Listener {
  /** Others are here than before, or otherwise. */
  changed(): void
  /** What happens in the conversation, in order. */
  heard(event: ChatEvent): void
}

export interface MembersHere {
  /** In the order in which they came. */
  readonly online: ReadonlyMap<Uuid, PresenceState>
  stop(): void
}

interface Place {
  tenantId: Uuid
  conversationId: Uuid
}

interface Watched extends Asker {
  online: Map<Uuid, PresenceState>
  ready: Promise<void>
  following: Following | null
  listeners: Set<Listener>
  leaveHub: () => void
}

interface Dependencies {
  changes: PresenceChanges
  hubs: Pick<Hubs, 'join' | 'leave'>
  acquaintances: Acquaintances
}

export type MembersOnline = ReturnType<typeof createMembersOnline>

export function createMembersOnline({ changes, hubs, acquaintances }: Dependencies) {
  const watched = new Map<string, Watched>()
  const newcomers = createNewcomers({ acquaintances })

  /** Resolves when all are counted. What happens after it was called is heard. */
  async function follow(place: Place, listener: Listener): Promise<MembersHere> {
    const key = `${place.tenantId} ${place.conversationId}`
    const own = watched.get(key) ?? open(key, place)
    own.listeners.add(listener)
    const stop = () => {
      if (own.listeners.delete(listener) && !own.listeners.size) close(key, own)
    }
    await own.ready.catch((error) => {
      stop()
      throw error
    })
    return { online: own.online, stop }
  }

  function open(key: string, { tenantId, conversationId }: Place): Watched {
    const own: Watched = {
      ...{ tenantId, conversationId, online: new Map(), listeners: new Set() },
      found: (userIds) => void look(own, userIds).catch(() => undefined), // they are shown with their next coming
      ready: Promise.resolve(),
      following: null,
      leaveHub: () => undefined,
    }
    own.ready = begin(own)
    watched.set(key, own)
    return own
  }

  /** Listens first, counts then. */
  async function begin(own: Watched): Promise<void> {
    const { tenantId, conversationId, online } = own
    const name = { tenantId, streamId: conversationId }
    const reader = {
      tenantId,
      isReplaying: false,
      given: () => [],
      hear: ({ event }: { event: ChatEvent }) => heard(own, event),
      overhear: () => undefined,
      resync: () => void count(own).catch(() => undefined), // who is counted wrongly is put right when he comes or goes
    }
    own.leaveHub = () => hubs.leave(name, reader)
    const following = await changes.ofTenant(tenantId, ({ userId, state, previous }) => {
      if (online.has(userId)) put(own, userId, state)
      else if (state !== 'OFFLINE' && previous === 'OFFLINE') newcomers.ask(own, userId)
    })
    own.following = following
    await hubs.join(name, reader)
    await count(own)
    if (!own.listeners.size) release(own) // all had gone meanwhile
  }

  async function count(own: Watched): Promise<void> {
    for await (const userIds of acquaintances.members({ tenantId: own.tenantId, id: own.conversationId }))
      await look(own, userIds)
  }

  async function look(own: Watched, userIds: readonly Uuid[]): Promise<void> {
    const states = (await own.following?.states(userIds)) ?? []
    for (const [i, userId] of userIds.entries()) put(own, userId, states[i] ?? 'OFFLINE')
  }

  function heard(own: Watched, event: ChatEvent): void {
    for (const listener of [...own.listeners]) listener.heard(event)
    if (event.kind === 'MEMBER_LEFT') put(own, event.userId, 'OFFLINE')
    if (event.kind === 'MEMBER_JOINED') own.found([event.userId])
  }

  function close(key: string, own: Watched): void {
    if (watched.get(key) === own) watched.delete(key)
    release(own)
  }

  return {
    follow,
    /** null where nobody on this node has asked. */
    count: ({ tenantId, conversationId }: Place): number | null =>
      watched.get(`${tenantId} ${conversationId}`)?.online.size ?? null,
  }
}

function release({ following, leaveHub }: Watched): void {
  following?.stop()
  leaveHub()
}

function put({ online, listeners }: Watched, userId: Uuid, state: PresenceState): void {
  if ((online.get(userId) ?? 'OFFLINE') === state) return
  if (state === 'OFFLINE') online.delete(userId)
  else online.set(userId, state)
  for (const listener of [...listeners]) listener.changed()
}
