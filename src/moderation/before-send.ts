/**
 * What a message has to pass before it is stored. First what its sender does alone, for which nothing is read and nobody else pays; then, of who
 * may post there, what he shares with others. A repeat of what is stored passes always, and counts for nothing.
 */
import { createHash } from 'node:crypto'
import { may } from '../conversations/access.ts'
import { ChatError } from '../errors.ts'
import { skeleton } from '../lib/skeleton.ts'
import type { Limits } from '../limits.ts'
import type { Append } from '../messages/append.ts'
import { isStorable } from '../messages/draft.ts'
import type { Conversation, Membership, Uuid } from '../model.ts'
import { type Counting, type Doer, isNew, ofRaid, type RateLimits } from './rate-limits.ts'
import type { SlowMode } from './slow-mode.ts'

export interface Attempt {
  tenantId: Uuid
  /** null: the customer's back end, which shares with others, and is held to nothing of its own. */
  doer: Doer | null
  /** Whose client message ids these are. */
  senderId: Uuid
  conversationId: Uuid
  clientMessageId: string
  text: string
  /** null: it is not known. */
  address: string | null
}

interface Admitted {
  conversation: Conversation
  /** null: the customer's back end. */
  membership: Membership | null
}

/** As limits.ts tells it. */
const KNOCK_COSTS = 5
/** Fewer letters are said by many. */
const FEWEST_LETTERS = 12

export type BeforeSend = ReturnType<typeof createBeforeSend>

interface Dependencies {
  rateLimits: RateLimits
  slowMode: SlowMode
  append: Pick<Append, 'isStored'>
}

export function createBeforeSend({ rateLimits, slowMode, append }: Dependencies) {
  return {
    /** Throws RATE_LIMITED. */
    async pass(attempt: Attempt, limits: Limits): Promise<Passing> {
      const { tenantId, doer, senderId, conversationId, clientMessageId } = attempt
      const taken: Counting[] = []
      let giveTurnBack = async () => {}
      let isRepeat = false

      /** Of a repeat nothing is asked. */
      async function unlessRepeat(ask: () => Promise<void>): Promise<void> {
        if (isRepeat) return
        await ask().catch(async (error) => {
          const isRefused = error instanceof ChatError && (error.code === 'RATE_LIMITED' || error.code === 'SLOW_MODE')
          const key = { tenantId, conversationId, senderId, clientMessageId }
          isRepeat = isRefused && isStorable(clientMessageId) && (await append.isStored(key))
          if (!isRepeat) throw error
        })
      }
      async function count(countings: readonly Counting[]): Promise<void> {
        const take = async () => {
          await rateLimits.take(countings, limits)
          taken.push(...countings)
        }
        const taking = unlessRepeat(take)
        await (doer ? rateLimits.noting(doer, limits, taking) : taking)
      }

      await count(ofSender(attempt, limits))
      return {
        async shared({ conversation, membership }) {
          await count(ofAll(attempt, conversation, limits))
          if (!membership || conversation.slowModeSeconds === 0) return
          // No direct conversation has a slow mode, so there is nobody who could not be reached.
          if (may({ conversation, membership, isUnreachable: false }, 'UPDATE')) return
          const speech = { conversation, userId: membership.userId, clientMessageId }
          await unlessRepeat(async () => {
            if (await slowMode.take(speech)) giveTurnBack = () => slowMode.giveBack(speech)
          })
        },
        async failed(error) {
          await giveTurnBack()
          if (isRefusedForGood(error)) await rateLimits.charge(ofKnocking(attempt, limits))
        },
        async repeated() {
          await Promise.all([rateLimits.giveBack(taken), giveTurnBack()])
        },
      }
    },
  }
}

export interface Passing {
  /** In the conversation where he may post. Throws RATE_LIMITED or SLOW_MODE. */
  shared(admitted: Admitted): Promise<void>
  /** It was refused, or could not be stored. */
  failed(error: unknown): Promise<void>
  /** It was stored before. */
  repeated(): Promise<void>
}

function ofSender({ tenantId, doer, conversationId, text }: Attempt, limits: Limits): Counting[] {
  if (!doer) return []
  const { userId } = doer
  const own = `${tenantId}:${userId}`
  const countings: Counting[] = [
    { limit: 'messagesPerSecond', key: `${own}:${conversationId}` },
    { limit: 'userMessagesPerSecond', key: own },
  ]
  const said = skeleton(text)
  const isTelling = said.length >= FEWEST_LETTERS
  const hash = isTelling ? createHash('sha256').update(said).digest('base64url') : ''
  if (isTelling) countings.push({ limit: 'repeatedTexts', key: `${own}:${hash}` })
  if (!isNew(doer, limits)) return countings
  countings.push({ limit: 'newAccountMessagesPerMinute', key: own })
  if (isTelling) countings.push({ limit: 'repeatedTextsOfNewAccounts', key: `${tenantId}:${hash}` })
  return countings
}

/** To say it again is of no use. */
const isRefusedForGood = (error: unknown): boolean =>
  error instanceof ChatError &&
  (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND' || error.details.limit === 'messagesBeforeAccept')

/** What was looked up in vain costs more than what is said: of an account that nobody knows, little of it is. It pays alone. */
const ofKnocking = ({ tenantId, doer }: Attempt, limits: Limits): Counting[] =>
  doer && isNew(doer, limits)
    ? Array.from({ length: KNOCK_COSTS - 1 }, () => ({
        limit: 'newAccountMessagesPerMinute',
        key: `${tenantId}:${doer.userId}`,
      }))
    : []

function ofAll({ tenantId, doer, address }: Attempt, conversation: Conversation, limits: Limits): Counting[] {
  const countings: Counting[] = [
    { limit: 'conversationMessagesPerSecond', key: `${tenantId}:${conversation.id}` },
    { limit: 'tenantMessagesPerSecond', key: tenantId },
  ]
  if (!doer) return countings
  if (address) countings.push({ limit: 'addressMessagesPerSecond', key: `${tenantId}:${address}` })
  return isNew(doer, limits)
    ? [...countings, { limit: 'newAccountsPerSecond', key: tenantId }, ...ofRaid(conversation)]
    : countings
}
