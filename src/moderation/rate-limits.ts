/** Who does what too often: the one place that asks, for every use case. Refused is RATE_LIMITED, with the limit's name and when to come again. */
import { ChatError } from '../errors.ts'
import { type Limits, type RateName, limits as table } from '../limits.ts'
import type { Conversation, Uuid } from '../model.ts'
import type { Rates } from '../rates/rates.ts'
import { createInsistence } from './insistence.ts'

/** Whoever does something. */
export interface Doer {
  tenantId: Uuid
  userId: Uuid
  knownSince: Date
}

/** What is counted: how often in the time of that limit, under that key. */
export interface Counting {
  limit: RateName
  key: string
}

type Open = Pick<Conversation, 'tenantId' | 'id' | 'visibility'>

interface Rule {
  limit: RateName
  /** Of a new account besides, and of all of them together: accounts that were made for it do little each. */
  whenNew?: { own: RateName; together: RateName }
}

const REACTION: Rule = {
  limit: 'reactionsPerSecond',
  whenNew: { own: 'newAccountReactionsPerMinute', together: 'newAccountsPerSecond' },
}
const BEGINNING: Rule = {
  limit: 'conversationsPerMinute',
  whenNew: { own: 'newAccountConversationsPerHour', together: 'newAccountsJoiningPerSecond' },
}
const JOINING: Rule = {
  limit: 'joinsPerMinute',
  whenNew: { own: 'newAccountJoinsPerHour', together: 'newAccountsJoiningPerSecond' },
}
const CHANGE: Rule = { limit: 'changesPerSecond' }

/** Of mutations, by name. All others are changes. */
const OF_MUTATION: Partial<Record<string, Rule | null>> = {
  addReaction: REACTION,
  removeReaction: REACTION,
  createConversation: BEGINNING,
  openDirectConversation: BEGINNING,
  joinConversation: JOINING,
  acceptInvite: JOINING,
  createInvite: { limit: 'invitesPerMinute' },
  addMembers: { limit: 'invitesPerMinute' },
  reportMessage: { limit: 'reportsPer5Seconds' },
  reportUser: { limit: 'reportsPer5Seconds' },
  // Only he sees them, and a socket asks so many operations a second at most.
  markRead: null,
  markUnread: null,
  markDelivered: null,
}

export type RateLimits = ReturnType<typeof createRateLimits>

export function createRateLimits({ rates }: { rates: Rates }) {
  const insistence = createInsistence()

  /** Counts each. Throws RATE_LIMITED when one of them is passed; those that are not do not count then. */
  async function take(countings: readonly Counting[], limits: Limits): Promise<void> {
    const counted = await Promise.all(countings.map(({ limit, key }) => rates.count(`${limit}:${key}`, seconds(limit))))
    const isPassed = ({ limit }: Counting, i: number) => (counted[i]?.count ?? 0) > limits[limit]
    const passed = countings.filter(isPassed)
    if (!passed.length) return
    await giveBack(countings.filter((counting) => !passed.includes(counting)))
    const waits = countings.map((counting, i) => (passed.includes(counting) ? (counted[i]?.resetsInMs ?? 0) : 0))
    const retryAfterMs = Math.max(...waits)
    const { limit } = countings[waits.indexOf(retryAfterMs)] ?? CHANGE
    const max = limits[limit]
    throw new ChatError('RATE_LIMITED', { message: `Too often: ${table[limit].doc}`, limit, max, retryAfterMs })
  }

  /** Counts each, and refuses nothing: whoever comes next feels it. */
  async function charge(countings: readonly Counting[]): Promise<void> {
    await Promise.all(countings.map(({ limit, key }) => rates.count(`${limit}:${key}`, seconds(limit))))
  }

  async function giveBack(countings: readonly Counting[]): Promise<void> {
    await Promise.all(countings.map(({ limit, key }) => rates.uncount(`${limit}:${key}`, seconds(limit))))
  }

  async function mutation(doer: Doer, name: string, limits: Limits): Promise<void> {
    const rule = OF_MUTATION[name] === undefined ? CHANGE : OF_MUTATION[name]
    if (rule === null) return
    const key = `${doer.tenantId}:${doer.userId}`
    const { limit, whenNew } = rule
    if (!whenNew || !isNew(doer, limits)) return take([{ limit, key }], limits)
    const own = { limit: whenNew.own, key }
    await take([{ limit, key }, own], limits)
    await take([{ limit: whenNew.together, key: doer.tenantId }], limits).catch(async (error) => {
      await giveBack([own]) // an hour's are few: what others use up takes none of them
      throw error
    })
  }

  /** Who does not wait when he is refused is not heard for a while. */
  async function noting<T>({ tenantId, userId }: Doer, limits: Limits, asked: Promise<T>): Promise<T> {
    const askedAt = Date.now()
    return asked.catch((error) => {
      const { limit, retryAfterMs } = error instanceof ChatError ? error.details : {}
      if (limit && retryAfterMs)
        insistence.refused(`${tenantId}:${userId}`, { limit, retryAfterMs, askedAt }, limits.earlyRetriesPer10Seconds)
      throw error
    })
  }

  return {
    take,
    charge,
    giveBack,

    /** A mutation of a user, before anything is looked at for it. */
    mutation: (doer: Doer, name: string, limits: Limits): Promise<void> =>
      noting(doer, limits, mutation(doer, name, limits)),

    /** What new accounts do in a conversation that is open to all counts together. */
    inPublic: async (doer: Doer, conversation: Open, limits: Limits): Promise<void> =>
      isNew(doer, limits) ? noting(doer, limits, take(ofRaid(conversation), limits)) : undefined,

    noting,

    /** So long nothing that he asks is looked at; 0 for nearly everybody. */
    waitMs: ({ tenantId, userId }: Pick<Doer, 'tenantId' | 'userId'>): number =>
      insistence.waitMs(`${tenantId}:${userId}`),
  }
}

/** A raid brings many, each of whom does little. */
export const ofRaid = ({ tenantId, id, visibility }: Open): Counting[] =>
  visibility === 'PUBLIC' ? [{ limit: 'newAccountsInPublicPerMinute', key: `${tenantId}:${id}` }] : []

export const isNew = ({ knownSince }: Doer, { newAccountSeconds }: Pick<Limits, 'newAccountSeconds'>): boolean =>
  Date.now() - knownSince.getTime() < newAccountSeconds * 1_000

const seconds = (limit: RateName): number => table[limit].seconds
