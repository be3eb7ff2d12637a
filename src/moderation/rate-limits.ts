/** Who does what too often: the one place that asks, for every use case. Refused is RATE_LIMITED, with the limit's name and when to come again. */
import { ChatError } from '../errors.ts'
import { type Limits, type RateName, limits as table } from '../limits.ts'
import type { Conversation, Uuid } from '../model.ts'
import type { Rates } from '../rates/rates.ts'

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

/** Of mutations, by name: what a user may do so often, and a new account besides. All others are changes. */
const OF_MUTATION: Partial<Record<string, { limit: RateName; whenNew?: RateName } | null>> = {
  addReaction: { limit: 'reactionsPerSecond', whenNew: 'newAccountReactionsPerMinute' },
  removeReaction: { limit: 'reactionsPerSecond', whenNew: 'newAccountReactionsPerMinute' },
  createConversation: { limit: 'conversationsPerMinute', whenNew: 'newAccountConversationsPerHour' },
  openDirectConversation: { limit: 'conversationsPerMinute', whenNew: 'newAccountConversationsPerHour' },
  joinConversation: { limit: 'joinsPerMinute', whenNew: 'newAccountJoinsPerHour' },
  acceptInvite: { limit: 'joinsPerMinute', whenNew: 'newAccountJoinsPerHour' },
  createInvite: { limit: 'invitesPerMinute' },
  addMembers: { limit: 'invitesPerMinute' },
  reportMessage: { limit: 'reportsPer5Seconds' },
  reportUser: { limit: 'reportsPer5Seconds' },
  // Only he sees them, and a socket asks so many operations a second at most.
  markRead: null,
  markUnread: null,
  markDelivered: null,
}
const CHANGE = { limit: 'changesPerSecond' } as const

export type RateLimits = ReturnType<typeof createRateLimits>

export function createRateLimits({ rates }: { rates: Rates }) {
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

  async function giveBack(countings: readonly Counting[]): Promise<void> {
    await Promise.all(countings.map(({ limit, key }) => rates.uncount(`${limit}:${key}`, seconds(limit))))
  }

  return {
    take,
    giveBack,

    /** A mutation of a user, before anything is looked at for it. */
    async mutation(doer: Doer, name: string, limits: Limits): Promise<void> {
      const rule = OF_MUTATION[name] === undefined ? CHANGE : OF_MUTATION[name]
      if (rule === null) return
      const key = `${doer.tenantId}:${doer.userId}`
      const { limit, whenNew = null } = rule as { limit: RateName; whenNew?: RateName }
      const isStricter = whenNew !== null && isNew(doer, limits)
      await take(
        isStricter
          ? [
              { limit, key },
              { limit: whenNew, key },
            ]
          : [{ limit, key }],
        limits,
      )
      if (isStricter) await take(ofNewcomers(doer), limits)
    },

    /** What new accounts do in a conversation that is open to all counts together. */
    async inPublic(doer: Doer, conversation: Open, limits: Limits): Promise<void> {
      if (isNew(doer, limits)) await take(ofRaid(conversation), limits)
    },
  }
}

/** What accounts that were made for it do to a tenant is little each, and much together. */
export const ofNewcomers = ({ tenantId }: Pick<Doer, 'tenantId'>): Counting[] => [
  { limit: 'newAccountsPerSecond', key: tenantId },
]

/** A raid brings many, each of whom does little. */
export const ofRaid = ({ tenantId, id, visibility }: Open): Counting[] =>
  visibility === 'PUBLIC' ? [{ limit: 'newAccountsInPublicPerMinute', key: `${tenantId}:${id}` }] : []

export const isNew = ({ knownSince }: Doer, { newAccountSeconds }: Pick<Limits, 'newAccountSeconds'>): boolean =>
  Date.now() - knownSince.getTime() < newAccountSeconds * 1_000

const seconds = (limit: RateName): number => table[limit].seconds
