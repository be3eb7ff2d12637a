/**
 * Every limit of the API, in one place; those with `seconds` are so many in that time (moderation/rate-limits.ts asks them); a tenant's settings may change each (`npm run tenant -- create --limits`) but those of `everywhere`, which
 * are met before it is known who asks. Shown by `query { limits }`.
 */
import type { Tenant } from './model.ts'

export const limits = {
  messageTextLength: { default: 20_000, doc: 'Characters (UTF-16 units) in the text of a message.' },
  messageAttachments: { default: 30, doc: 'Files of one message.' },
  fileBytes: { default: 104_857_600, doc: 'Bytes of one file.' },
  fileNameLength: { default: 255, doc: 'Characters in the name of a file: of a longer one the ending is kept.' },
  pictureBytes: { default: 31_457_280, doc: 'Bytes of one picture.' },
  picturePixels: { default: 50_000_000, doc: 'Pixels of one picture; of a moving one, of all its frames together.' },
  uploadBytesPerDay: { default: 1_073_741_824, doc: 'Bytes of all files that one user sends within 24 hours.' },
  unsentFiles: { default: 100, doc: 'Files of one user that are in no message yet.' },
  messagesBeforeAccept: {
    default: 1,
    doc: 'Messages that a stranger says in a direct conversation before its other member has accepted it.',
  },
  exportsPerDay: { default: 3, doc: 'Times that one user is given all of himself within 24 hours.' },
  scheduledMessages: { default: 100, doc: 'Messages of one user that wait for their time, or have failed.' },
  scheduleAheadSeconds: {
    default: 31_536_000,
    doc: 'Seconds from now to the time for which a message may be scheduled.',
  },
  mentions: { default: 100, doc: 'Mentions in one message.' },
  reactionKinds: { default: 50, doc: 'Distinct reactions to one message.' },
  pins: { default: 50, doc: 'Pinned messages of one conversation.' },
  messageEdits: { default: 1_000, doc: 'Edits of one message.' },
  messageEditSeconds: {
    default: 315_360_000,
    doc: 'Seconds after its sending in which the author may edit a message; ten years, so to speak for ever, unless a tenant sets less.',
  },
  messageLifeSeconds: {
    default: 31_536_000,
    doc: 'Seconds from its sending to the time at which a message is to go by itself.',
  },
  receiptMembers: { default: 100, doc: 'Members up to which a conversation shows who has read how far.' },
  presenceIds: { default: 200, doc: 'Users whose presence one subscription follows by their ids.' },
  presenceListed: { default: 100, doc: 'Members here up to which a conversation’s presence lists all of them.' },
  presenceSampled: {
    default: 5_000,
    doc: 'Members here up to which it shows a few and their count; above, the count.',
  },
  typingMembersOnline: { default: 100, doc: 'Members here up to which a conversation shows who is typing.' },
  messageMetadataBytes: { default: 8_192, doc: 'Bytes of a message’s metadata, as JSON.' },
  clientMessageIdLength: { default: 128, doc: 'Characters in a client message id.' },
  clientMutationIdLength: { default: 128, doc: 'Characters in a client mutation id.' },
  externalIdLength: { default: 255, doc: 'Characters in a customer’s own id of a user.' },
  userNameLength: { default: 100, doc: 'Characters in the name of a user.' },
  bioLength: { default: 1_000, doc: 'Characters in what a user says of himself.' },
  statusTextLength: { default: 100, doc: 'Characters in the status of a user.' },
  connectionsListed: {
    default: 50,
    doc: 'Connections that a user is shown of himself: those that are open, then the newest that are not.',
  },
  conversationTitleLength: { default: 200, doc: 'Characters in the title of a conversation.' },
  conversationTopicLength: { default: 1_000, doc: 'Characters in the topic of a conversation.' },
  conversationMetadataBytes: { default: 8_192, doc: 'Bytes of a conversation’s metadata, as JSON.' },
  restrictionReasonLength: { default: 1_000, doc: 'Characters in the reason of a removal, a ban or a timeout.' },
  reportCommentLength: { default: 1_000, doc: 'Characters in the comment of a report.' },
  aversions: { default: 1_000, doc: 'Users whom one user blocks or mutes.' },
  inviteUses: { default: 100_000, doc: 'Uses that one invite may allow.' },
  membersPerCall: { default: 100, doc: 'Users named in one createConversation or addMembers.' },
  membersPerServerCall: { default: 1_000, doc: 'Members changed in one changeMembers of a server key.' },
  usersPerUpsert: { default: 1_000, doc: 'Users in one upsertUsers.' },
  pageSize: { default: 100, doc: 'Nodes in one page of any list.' },
  idsPerLookup: { default: 100, doc: 'Ids in one nodes or knownEvents.' },
  socketsPerUser: { default: 10, doc: 'WebSockets of one user on one node.' },
  subscriptionsPerSocket: { default: 100, doc: 'Subscriptions at once on one WebSocket.' },
  operationsPerSocket: { default: 1_000, doc: 'Operations of all kinds at once on one WebSocket.' },
  operationsPerSecond: {
    default: 200,
    doc: 'Operations that one WebSocket begins in a second; those of five seconds may come at once.',
  },
  earlyRetriesPer10Seconds: {
    default: 5,
    doc: 'Times in ten seconds that one user, on one node, asks again for what was refused as too often before its `retryAfterMs` is over. Who goes on is refused whatever he asks, for about five seconds; then after a quarter as many, for about ten, and so on up to a minute.',
  },
  messagesPerSecond: { default: 5, seconds: 1, doc: 'Messages of one user in one conversation, a second.' },
  userMessagesPerSecond: { default: 10, seconds: 1, doc: 'Messages of one user in all his conversations, a second.' },
  conversationMessagesPerSecond: {
    default: 200,
    seconds: 1,
    doc: 'Messages of all its members in one conversation, a second.',
  },
  tenantMessagesPerSecond: { default: 5_000, seconds: 1, doc: 'Messages of the whole tenant, a second.' },
  addressMessagesPerSecond: {
    default: 500,
    seconds: 1,
    doc: 'Messages from one address, a second; a /64 of IPv6 counts as one. Behind proxies set TRUSTED_PROXIES, or all clients are of one address.',
  },
  reactionsPerSecond: { default: 5, seconds: 1, doc: 'Reactions that one user adds or takes back, a second.' },
  changesPerSecond: {
    default: 10,
    seconds: 1,
    doc: 'Edits, deletions and pins of one user, and changes that he makes to conversations and their members, a second.',
  },
  conversationsPerMinute: {
    default: 30,
    seconds: 60,
    doc: 'Conversations that one user begins or opens with another user, a minute.',
  },
  joinsPerMinute: {
    default: 30,
    seconds: 60,
    doc: 'Conversations that one user joins, and invites that he tries, a minute.',
  },
  invitesPerMinute: {
    default: 30,
    seconds: 60,
    doc: 'Invites that one user makes, and members that he adds by calls, a minute.',
  },
  reportsPer5Seconds: { default: 5, seconds: 5, doc: 'Reports of one user in five seconds.' },
  urgentReportsPerHour: {
    default: 10,
    seconds: 3_600,
    doc: 'Reports of danger to a child of one user in an hour: each takes a message from everybody.',
  },
  newAccountSeconds: {
    default: 86_400,
    doc: 'Seconds for which an account counts as new: from `knownSince` on where the customer says it, else from when it was first seen. The limits of new accounts hold besides the others.',
  },
  newAccountMessagesPerMinute: {
    default: 10,
    seconds: 60,
    doc: 'Messages of one new account, a minute. One that is refused as FORBIDDEN or NOT_FOUND, or since the other one has not accepted yet, counts as five.',
  },
  newAccountReactionsPerMinute: { default: 10, seconds: 60, doc: 'Reactions of one new account, a minute.' },
  newAccountConversationsPerHour: {
    default: 5,
    seconds: 3_600,
    doc: 'Conversations that one new account begins or opens with another user, an hour.',
  },
  newAccountJoinsPerHour: { default: 10, seconds: 3_600, doc: 'Conversations that one new account joins, an hour.' },
  newAccountsPerSecond: {
    default: 10,
    seconds: 1,
    doc: 'Messages and reactions of all new accounts of the tenant together, a second.',
  },
  newAccountsJoiningPerSecond: {
    default: 2,
    seconds: 1,
    doc: 'Conversations that all new accounts of the tenant together begin, open and join, a second.',
  },
  newAccountsInPublicPerMinute: {
    default: 20,
    seconds: 60,
    doc: 'Messages, reactions and joins of all new accounts together in one public channel, a minute.',
  },
  repeatedTexts: {
    default: 5,
    seconds: 300,
    doc: 'Times that one user says the same, or nearly the same, in five minutes, in whatever conversations. Texts of few letters do not count.',
  },
  repeatedTextsOfNewAccounts: {
    default: 3,
    seconds: 300,
    doc: 'Times that all new accounts of the tenant together say the same, or nearly the same, in five minutes.',
  },
  frameBytes: {
    default: 131_072,
    everywhere: true,
    doc: 'Bytes in one WebSocket message or HTTP body from a client.',
  },
  connectionInitBytes: {
    default: 4_096,
    everywhere: true,
    doc: 'Bytes in a WebSocket message before its connection is acknowledged: connection_init, with its token.',
  },
  queryTokens: { default: 2_000, everywhere: true, doc: 'Tokens (words and signs) in one document.' },
  queryDepth: {
    default: 20,
    everywhere: true,
    doc: 'Levels of fields and fragments, one in another, in one document.',
  },
  queryAliases: { default: 30, everywhere: true, doc: 'Aliases in one document.' },
  queryDirectives: { default: 5, everywhere: true, doc: 'Directives in one document.' },
  queryCost: {
    default: 50_000,
    everywhere: true,
    doc: 'Cost of one document, which is about how many fields it may answer: a field 1, an object 2, times the `first` or `last` that is written in each list around it.',
  },
} as const satisfies Record<string, Row>

interface Row {
  default: number
  /** In which it is taken so often. */
  seconds?: number
  /** The same for every tenant. */
  everywhere?: true
  doc: string
}

export type LimitName = keyof typeof limits
/** Those of so many in a time. */
export type RateName = {
  [Name in LimitName]: (typeof limits)[Name] extends { seconds: number } ? Name : never
}[LimitName]
export const isRate = (name: LimitName): name is RateName => 'seconds' in limits[name]
/** Of one document: the operator of a node may set others (QUERY_LIMITS). */
export type QueryLimitName = Extract<LimitName, `query${string}`>
export const isOfDocument = (name: string): name is QueryLimitName =>
  Object.hasOwn(limits, name) && name.startsWith('query')

export const isOfTenant = (name: string): name is LimitName =>
  Object.hasOwn(limits, name) && !('everywhere' in limits[name as LimitName])
export type Limits = Record<LimitName, number>

export type QueryLimits = Record<QueryLimitName, number>

export function queryLimitsWith(own: Partial<QueryLimits> | null): QueryLimits {
  const names = Object.keys(limits).filter(isOfDocument)
  return Object.fromEntries(names.map((name) => [name, own?.[name] ?? limits[name].default])) as QueryLimits
}

const DEFAULTS: Tenant['limits'] = {}
/** By what a tenant has set: all of his sockets hold the same. */
const known = new WeakMap<Tenant['limits'], Readonly<Limits>>()

export function limitsOf(tenant: Pick<Tenant, 'limits'> | null): Readonly<Limits> {
  const own = tenant?.limits ?? DEFAULTS
  const all = known.get(own) ?? limitsWith(own)
  known.set(own, all)
  return all
}

function limitsWith(own: Tenant['limits']): Limits {
  const names = Object.keys(limits) as LimitName[]
  return Object.fromEntries(names.map((name) => [name, own[name] ?? limits[name].default])) as Limits
}
