/** What a subscription gives of a conversation for as long as its viewer is a member, at most once in so many ms; then AccessRevoked. */
import type { Access } from '../conversations/access.ts'
import { isWaiting } from '../conversations/contacts.ts'
import type { Averse, AversionsNow } from '../delivery/aversions-now.ts'
import type { Delivered } from '../delivery/delivered.ts'
import type { ChatEvent, MemberLeft } from '../events.ts'
import { Cancellable } from '../lib/cancellable.ts'
import { type PacedBell, pacedBell } from '../lib/paced-bell.ts'
import type { UserCaller, Uuid } from '../model.ts'
import type { MembersHere, MembersOnline } from './members-online.ts'

export type Revoked = Extract<Delivered, { kind: 'ACCESS_REVOKED' }>

/** What is given. */
export interface Source<T> {
  /** As it is now; null when it is as it was given last. */
  next(): T | null
  heard?(event: ChatEvent): void
  stop?(): void
}

interface Dependencies {
  membersOnline: MembersOnline
  access: Access
  aversionsNow: Pick<AversionsNow, 'of'>
}

interface Request<T> {
  viewer: UserCaller
  conversationId: Uuid
  everyMs: number
  /** `isUnknown`: of whom the viewer is to learn nothing. */
  open: (members: MembersHere, bell: PacedBell, isUnknown: (userId: Uuid) => boolean) => Promise<Source<T>> | Source<T>
}

/** The caller has found that the viewer may listen. */
export function whileMember<T>(
  { membersOnline, access, aversionsNow }: Dependencies,
  { viewer, conversationId, everyMs, open }: Request<T>,
): AsyncIterableIterator<T | Revoked> {
  const bell = pacedBell(everyMs)
  let source: Source<T> | null = null
  let left: MemberLeft | null = null
  let isAccepted = false
  return new Cancellable(run(), () => bell.takeDown())

  async function* run(): AsyncGenerator<T | Revoked, void, undefined> {
    const place = { tenantId: viewer.tenantId, conversationId }
    const members = await membersOnline.follow(place, { changed: bell.ring, heard })
    let averse: Averse | null = null
    try {
      const watched = await aversionsNow.of(viewer, bell.ring)
      averse = watched
      // Asked after it listens: whoever leaves later does so by an event that is heard.
      const { conversation } = await access.to('READ', viewer, conversationId)
      // Until the one has accepted the other, they learn nothing of each other.
      const isAlone = isWaiting(conversation)
      const isUnknown = (userId: Uuid) =>
        watched.now.severed.has(userId) || (isAlone && !isAccepted && userId !== viewer.userId)
      source = await open(members, bell, isUnknown)
      bell.ringNow()
      while (await bell.rung()) {
        if (left && !(await isStillMember())) return yield revoked(left)
        left = null
        const next = source.next()
        if (next) yield next
      }
    } finally {
      members.stop()
      averse?.stop()
      source?.stop?.()
    }
  }

  function heard(event: ChatEvent): void {
    source?.heard?.(event)
    if (event.kind === 'CONTACT_ACCEPTED') {
      isAccepted = true
      bell.ring()
    }
    if (event.kind !== 'MEMBER_LEFT' || event.userId !== viewer.userId) return
    left = event
    bell.ringNow()
  }

  /** He may have come back since. Fails closed. */
  function isStillMember(): Promise<boolean> {
    return access.to('READ', viewer, conversationId).then(
      () => true,
      () => false,
    )
  }

  function revoked({ seq, position, at }: MemberLeft): Revoked {
    const cursor = { kind: 'CONVERSATION', tenantId: viewer.tenantId, conversationId, seq, position } as const
    return { kind: 'ACCESS_REVOKED', conversationId, cursor, at }
  }
}
