/** The rules as tables: what each role may do in each kind of conversation, and the words for who may not. Asked by access.ts alone. */
import type { Limits } from '../limits.ts'
import type { Capability, Conversation, MemberRole, Membership, Message, MessageCapability } from '../model.ts'
import { isAsking, isWaiting } from './contacts.ts'
import type { Facts } from './memberships.ts'

const READER: readonly Capability[] = ['READ', 'POST', 'REACT', 'LEAVE']
const MEMBER: readonly Capability[] = [...READER, 'PIN_MESSAGES']
const MODERATOR: readonly Capability[] = [...MEMBER, 'REMOVE_MEMBERS', 'DELETE_MESSAGES', 'MENTION_ALL']
const MANAGER: readonly Capability[] = [...MODERATOR, 'UPDATE', 'ARCHIVE', 'ADD_MEMBERS', 'SET_ROLES', 'INVITE']
const BY_ROLE: Record<MemberRole, readonly Capability[]> = {
  OWNER: [...MANAGER, 'TRANSFER_OWNERSHIP'],
  MANAGER,
  MODERATOR,
  MEMBER,
  GUEST: READER,
}
const IN_DIRECT: readonly Capability[] = ['READ', 'POST', 'REACT', 'PIN_MESSAGES', 'ANSWER_CONTACT']
/** Before whom it is for has agreed: the one says a little, the other answers. */
const WHILE_WAITING: readonly Capability[] = ['READ', 'POST', 'ANSWER_CONTACT']
const WHEN_TIMED_OUT: readonly Capability[] = ['READ', 'LEAVE']
/** What he says there reaches nobody. */
const WHEN_UNREACHABLE: readonly Capability[] = ['READ']
const WHEN_ARCHIVED: readonly Capability[] = ['READ', 'ARCHIVE', 'LEAVE']
/** In a BROADCAST these are its managers'. */
const OF_BROADCASTERS: readonly Capability[] = ['POST', 'PIN_MESSAGES']
const MANAGING: readonly MemberRole[] = ['OWNER', 'MANAGER']

/** The one answer, whether the other is shut out or one of the two has blocked the other: nobody learns which. */
export const UNREACHABLE = 'The other member of this conversation cannot be reached'

export const WHY_NOT: Record<Capability, string> = {
  READ: 'You are no longer a member of this conversation',
  POST: 'Only its managers post to a broadcast',
  REACT: 'You may not react here',
  PIN_MESSAGES: 'Only members who are no guests pin messages, in a broadcast only its managers',
  DELETE_MESSAGES: 'Only owners, managers and moderators delete what others said',
  MENTION_ALL: 'Only owners, managers and moderators mention everybody',
  UPDATE: 'Only owners and managers change a conversation',
  ARCHIVE: 'Only owners and managers archive a conversation',
  ADD_MEMBERS: 'Only owners and managers change the members',
  REMOVE_MEMBERS: 'Only owners, managers and moderators remove members',
  SET_ROLES: 'Only owners and managers change roles',
  TRANSFER_OWNERSHIP: 'Only an owner hands ownership on',
  INVITE: 'Only owners and managers invite',
  LEAVE: 'A direct conversation cannot be left',
  JOIN: 'It cannot be joined without an invitation',
  ANSWER_CONTACT: 'Only whom a stranger has written to answers that',
}
const WAITING = 'It waits until the other member, to whom you are a stranger, has accepted'
const NOT_ACCEPTED = 'It waits for you: accept it first, or say something'
const OF_TWO = 'A direct conversation has two equal members for ever'

/** The words for who is a member and lacks it, whatever he did before. */
export function whyNot(conversation: Conversation, { userId }: Membership, capability: Capability): string {
  if (conversation.kind !== 'DIRECT' || capability === 'LEAVE' || capability === 'ANSWER_CONTACT')
    return WHY_NOT[capability]
  if (!isWaiting(conversation) || !isMeantFor(conversation, capability)) return OF_TWO
  return isAsking(conversation, userId) ? WAITING : NOT_ACCEPTED
}

export function capabilitiesOf({
  conversation,
  membership,
  isUnreachable,
}: Pick<Facts, 'conversation' | 'membership' | 'isUnreachable'>): readonly Capability[] {
  if (!conversation) return []
  if (!membership) return isOpenToAll(conversation) ? ['JOIN'] : []
  const { kind, archivedAt, contact } = conversation
  const granted = kind === 'DIRECT' ? IN_DIRECT : BY_ROLE[membership.role]
  const isBroadcaster = kind !== 'BROADCAST' || MANAGING.includes(membership.role)
  return granted
    .filter((capability) => archivedAt === null || isAllowedInArchive(capability))
    .filter((capability) => !isTimedOut(membership) || WHEN_TIMED_OUT.includes(capability))
    .filter((capability) => !isUnreachable || WHEN_UNREACHABLE.includes(capability))
    .filter((capability) => isBroadcaster || !OF_BROADCASTERS.includes(capability))
    .filter((capability) => !isWaiting(conversation) || WHILE_WAITING.includes(capability))
    .filter((capability) => capability !== 'ANSWER_CONTACT' || contact?.to === membership.userId)
}

/** What he may do with a message that he sees. */
export function messageCapabilitiesOf(
  facts: { conversation: Conversation; membership: Membership; isUnreachable: boolean },
  message: Message,
  { messageEditSeconds }: Pick<Limits, 'messageEditSeconds'>,
): readonly MessageCapability[] {
  const { conversation, membership } = facts
  if (message.deletedAt) return []
  const mayDo = (capability: Capability) => capabilitiesOf(facts).includes(capability)
  const isOwn = message.authorId === membership.userId
  const isYoung = Date.now() - message.createdAt.getTime() <= messageEditSeconds * 1_000
  const granted: Record<MessageCapability, boolean> = {
    REPLY: mayDo('POST') && !isAsking(conversation, membership.userId),
    REACT: mayDo('REACT'),
    EDIT: isOwn && mayDo('POST') && isYoung,
    DELETE: mayDo('DELETE_MESSAGES') || (isOwn && conversation.archivedAt === null),
    PIN: mayDo('PIN_MESSAGES'),
  }
  return (Object.keys(granted) as MessageCapability[]).filter((capability) => granted[capability])
}

export const whyNotMessage = (
  { conversation, membership }: { conversation: Conversation; membership: Membership },
  capability: MessageCapability,
): string =>
  isWaiting(conversation) && capability !== 'EDIT' && capability !== 'DELETE'
    ? whyNot(conversation, membership, 'REACT')
    : WHY_NOT_MESSAGE[capability]

const WHY_NOT_MESSAGE: Record<MessageCapability, string> = {
  REPLY: WHY_NOT.POST,
  REACT: WHY_NOT.REACT,
  EDIT: 'Only its author edits a message, for as long as this tenant allows',
  DELETE: WHY_NOT.DELETE_MESSAGES,
  PIN: WHY_NOT.PIN_MESSAGES,
}

export const isTimedOut = ({ timedOutUntil }: Membership): boolean =>
  timedOutUntil !== null && timedOutUntil.getTime() > Date.now()

/** Whether members of such a conversation may do it at all. */
export const isMeantFor = ({ kind }: Conversation, capability: Capability): boolean =>
  kind !== 'DIRECT' || IN_DIRECT.includes(capability)

export const isAllowedInArchive = (capability: Capability): boolean => WHEN_ARCHIVED.includes(capability)

export const isOpenToAll = ({ visibility, archivedAt }: Conversation): boolean =>
  visibility === 'PUBLIC' && archivedAt === null
