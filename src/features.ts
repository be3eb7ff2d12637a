/**
 * What of the API a tenant may switch off and on again (`npm run tenant -- set SLUG feature.NAME=off`), in one place. Of a feature that is off each of
 * its mutations is refused (resolvers/idempotent.ts), unless it was done before under the same client id; what is no mutation, or only sometimes, asks
 * resolvers/assert-feature.ts. What was made before stays, and can be read and taken back. Shown by `query { limits { features } }`.
 */
import type { Tenant } from './model.ts'

export const features = {
  guests: {
    default: true,
    mutations: ['createGuest'],
    doc: 'Guests are let in (`createGuest`). Those who are there stay until their tokens end.',
  },
  uploads: {
    default: true,
    mutations: ['createUpload'],
    doc: 'Files are sent (`createUpload`). Those that were can be read.',
  },
  invites: {
    default: true,
    mutations: ['createInvite', 'acceptInvite'],
    doc: 'Invites are made and used (`createInvite`, `acceptInvite`).',
  },
  publicChannels: {
    default: true,
    mutations: ['joinConversation'],
    doc: 'Conversations are made public, found and joined (`visibility: PUBLIC`, `discoverConversations`, `joinConversation`). Members stay.',
  },
  threads: { default: true, mutations: [], doc: 'Replies are said in threads (`sendMessage` with `threadId`).' },
  scheduledMessages: {
    default: true,
    mutations: ['scheduleMessage', 'rescheduleMessage'],
    doc: 'Messages are said to be sent later (`scheduleMessage`). Those that wait are sent.',
  },
  reactions: { default: true, mutations: ['addReaction'], doc: 'Reactions are added (`addReaction`).' },
  exports: {
    default: true,
    mutations: ['exportMyData'],
    doc: 'Users ask for all that is kept of them (`exportMyData`). The customer’s back end may in any case (`exportUser`).',
  },
  contactRequests: {
    default: true,
    mutations: [],
    doc: 'Who opens a direct conversation with a stranger waits until that one accepts (`contactRequests`, `acceptContact`). Off, he does not; those who wait by then do until they are accepted. Off for tenants that were there before the feature was.',
  },
  receipts: {
    default: true,
    mutations: [],
    doc: 'Conversations show who has read how far; off, `receiptMembers` is 0. One’s own unread counts stay.',
  },
  typing: { default: true, mutations: [], doc: 'Who is typing is told and shown (`setTyping`, `typing`).' },
  presence: {
    default: true,
    mutations: [],
    doc: 'Who is here is shown (`presence`, `setPresence`). A subscription that is open goes on until its socket ends.',
  },
} as const satisfies Record<string, Row>

interface Row {
  default: boolean
  /** Which are refused while it is off. */
  mutations: readonly string[]
  doc: string
}

export type FeatureName = keyof typeof features
export type Features = Record<FeatureName, boolean>

export const featureNames = Object.keys(features) as FeatureName[]
export const isFeature = (name: string): name is FeatureName => Object.hasOwn(features, name)

const ofMutation = new Map(
  featureNames.flatMap((name) => features[name].mutations.map((each) => [each as string, name])),
)

/** undefined: it is always on. */
export const featureOf = (mutation: string): FeatureName | undefined => ofMutation.get(mutation)

export function featuresOf(tenant: Pick<Tenant, 'features'> | null): Features {
  return Object.fromEntries(
    featureNames.map((name) => [name, tenant?.features[name] ?? features[name].default]),
  ) as Features
}

/** What follows for the limits of a tenant with these settings: who asks a limit need not ask for the feature, too. */
export const limitsByFeatures = (own: Tenant['features']): Record<string, number> =>
  featuresOf({ features: own }).receipts ? {} : { receiptMembers: 0 }
