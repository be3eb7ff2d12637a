/** An event as the text that travels between processes, and back. What a node does not know it refuses: the log has it. */
import { type BusEvent, type ChatEvent, EVENT_VERSION, isEphemeral } from '../events.ts'
import type { Message } from '../model.ts'

/** UNPARSABLE: no event at all. UNKNOWN: of a version or a kind that this node does not know, as from a newer node in a deploy. */
export type Refusal = 'UNPARSABLE' | 'UNKNOWN'

/** The fields of such a type, in any member of a union. */
type Holding<T, Type> = T extends unknown
  ? { [Key in keyof T]-?: [Extract<T[Key], Type>] extends [never] ? never : Key }[keyof T]
  : never

// JSON knows neither dates nor large integers, and metadata may hold texts that look like them: so each is named. The types
// hold these tables complete.
const EVENT_DATES: Record<Holding<BusEvent, Date>, true> = { at: true, until: true }
const EVENT_INTEGERS: Record<Holding<BusEvent, bigint>, true> = { position: true, epoch: true }
const MESSAGE_DATES: Record<Holding<Message, Date>, true> = {
  createdAt: true,
  editedAt: true,
  deletedAt: true,
  pinnedAt: true,
  expiresAt: true,
}
const KINDS: Record<BusEvent['kind'], true> = {
  MESSAGE_SENT: true,
  MESSAGE_EDITED: true,
  MESSAGE_DELETED: true,
  MESSAGE_PINNED: true,
  MESSAGE_UNPINNED: true,
  REACTION_ADDED: true,
  REACTION_REMOVED: true,
  MEMBER_JOINED: true,
  MEMBER_LEFT: true,
  MEMBER_ROLE_CHANGED: true,
  MEMBER_TIMED_OUT: true,
  CONVERSATION_UPDATED: true,
  CONVERSATION_ARCHIVED: true,
  CONVERSATION_UNARCHIVED: true,
  CONTACT_ACCEPTED: true,
  CONTACT_DECLINED: true,
  SCHEDULED_MESSAGE_CHANGED: true,
  CONVERSATION_JOINED: true,
  CONVERSATION_LEFT: true,
  MEMBERSHIP_UPDATED: true,
  READ_MARKED: true,
  MESSAGE_HIDDEN: true,
  THREAD_FOLLOWED: true,
  RESTRICTED: true,
  ACCOUNT_UPDATED: true,
  SIGNED_OUT: true,
  USER_BLOCKED: true,
  USER_MUTED: true,
  RECEIPTS_ADVANCED: true,
  TYPING: true,
  PRESENCE_CHANGED: true,
  USER_CHANGED: true,
}

// Named here and not found by a replacer, which JSON.stringify would call for every field. Dates write themselves.
export const encode = (event: BusEvent): string =>
  JSON.stringify(
    isEphemeral(event) ? event : { ...event, position: String(event.position), epoch: String(event.epoch) },
  )

/** Never throws. */
export function decode(text: string): BusEvent | Refusal {
  try {
    const given: unknown = JSON.parse(text)
    if (!isRecord(given) || typeof given.version !== 'number') return 'UNPARSABLE'
    if (given.version !== EVENT_VERSION || !Object.hasOwn(KINDS, String(given.kind))) return 'UNKNOWN'
    return revived(given)
  } catch {
    return 'UNPARSABLE'
  }
}

function revived(given: Record<string, unknown>): BusEvent {
  revive(given, EVENT_DATES, date)
  revive(given, EVENT_INTEGERS, integer)
  if (isRecord(given.message)) revive(given.message, MESSAGE_DATES, date)
  const event = given as unknown as BusEvent
  if (!(event.at instanceof Date) || !(isEphemeral(event) || hasPlace(event))) throw new Error('not a whole event')
  return event
}

const hasPlace = ({ seq, position, epoch }: ChatEvent): boolean =>
  Number.isSafeInteger(seq) && typeof position === 'bigint' && typeof epoch === 'bigint'

function revive(given: Record<string, unknown>, fields: Record<string, true>, of: (text: unknown) => unknown): void {
  for (const field of Object.keys(fields)) {
    if (given[field] !== undefined && given[field] !== null) given[field] = of(given[field])
  }
}

function date(text: unknown): Date {
  const at = new Date(String(text))
  if (Number.isNaN(at.getTime())) throw new Error('a date was expected')
  return at
}

const integer = (text: unknown): bigint => BigInt(String(text))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
