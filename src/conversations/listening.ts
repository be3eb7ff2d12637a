/** What a subscription may hear of a conversation: part of access.ts, which decides. */
import { ChatError } from '../errors.ts'
import type { Place } from '../events.ts'
import type { Left, UserCaller, Uuid } from '../model.ts'
import { mayBeIn } from './guests.ts'
import type { ListenerFacts } from './listener-facts.ts'
import type { Memberships } from './memberships.ts'

export interface Listening extends Pick<ListenerFacts, 'epoch' | 'head' | 'hidesSome' | 'positionAt'> {
  /** null: to whatever comes. */
  upTo: number | null
  /** The first seq of it. */
  from: number
  left: Left | undefined
  /** Where he joined, if that is past the event after which he wants to begin: until he has got it, he is there by that alone. */
  joined: Place | null
}

/** With FROM_JOIN, that of his joining; also for who is no longer a member. */
export const heardSince = ({
  history,
  joinedSeq,
  leftFrom,
}: Pick<ListenerFacts, 'history' | 'joinedSeq' | 'leftFrom'>): number =>
  history === 'FROM_JOIN' ? (joinedSeq ?? leftFrom ?? 1) : 1

export function createListening({ memberships }: { memberships: Pick<Memberships, 'listenerFacts'> }) {
  return {
    /** All while a member, and up to his own leaving for who was one. Throws NOT_FOUND. */
    async toListen(
      { tenantId, userId, guestOf }: UserCaller,
      conversationId: Uuid | null,
      afterSeq: number | null = null,
    ): Promise<Listening> {
      if (!conversationId || !mayBeIn({ guestOf }, conversationId)) throw new ChatError('NOT_FOUND')
      const facts = await memberships.listenerFacts({ tenantId, userId, conversationId, afterSeq })
      const { epoch, head, history, joinedSeq, joinedPosition, leftSeq, leftAt, hidesSome, positionAt } = facts
      const isMember = joinedSeq !== null
      if (!history || !(isMember || leftSeq !== null)) throw new ChatError('NOT_FOUND')
      const left = isMember || !leftAt ? undefined : { at: leftAt, isGone: true }
      const joined = isMember && joinedPosition !== null ? { seq: joinedSeq, position: joinedPosition } : null
      const time = { upTo: isMember ? null : leftSeq, from: heardSince(facts), left, joined }
      return { epoch, head, hidesSome, positionAt, ...time }
    },
  }
}
