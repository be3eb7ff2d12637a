/** Every limit of the API, in one place; a tenant's settings may change each (`npm run tenant -- create --limits`). Shown by `query { limits }`. */
import type { Tenant } from './model.ts'

export const limits = {
  messageTextLength: { default: 20_000, doc: 'Characters (UTF-16 units) in the text of a message.' },
  mentions: { default: 100, doc: 'Mentions in one message.' },
  reactionKinds: { default: 50, doc: 'Distinct reactions to one message.' },
  pins: { default: 50, doc: 'Pinned messages of one conversation.' },
  messageEdits: { default: 1_000, doc: 'Edits of one message.' },
  messageEditSeconds: {
    default: 315_360_000,
    doc: 'Seconds after its sending in which the author may edit a message; ten years, so to speak for ever, unless a tenant sets less.',
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
  conversationTitleLength: { default: 200, doc: 'Characters in the title of a conversation.' },
  conversationTopicLength: { default: 1_000, doc: 'Characters in the topic of a conversation.' },
  conversationMetadataBytes: { default: 8_192, doc: 'Bytes of a conversation’s metadata, as JSON.' },
  inviteUses: { default: 100_000, doc: 'Uses that one invite may allow.' },
  membersPerCall: { default: 100, doc: 'Users named in one createConversation or addMembers.' },
  membersPerServerCall: { default: 1_000, doc: 'Members changed in one changeMembers of a server key.' },
  usersPerUpsert: { default: 1_000, doc: 'Users in one upsertUsers.' },
  pageSize: { default: 100, doc: 'Nodes in one page of any list.' },
  idsPerLookup: { default: 100, doc: 'Ids in one nodes or knownEvents.' },
  frameBytes: { default: 131_072, doc: 'Bytes in one WebSocket message or HTTP body from a client.' },
} as const satisfies Record<string, { default: number; doc: string }>

export type LimitName = keyof typeof limits
export type Limits = Record<LimitName, number>

export function limitsOf(tenant: Pick<Tenant, 'limits'> | null): Limits {
  const names = Object.keys(limits) as LimitName[]
  return Object.fromEntries(names.map((name) => [name, tenant?.limits[name] ?? limits[name].default])) as Limits
}
