/** What a conversation shows from top to bottom: its messages, and between them notices of what was done to it, as data and not as text. */
import { type Db, sql } from '../db.ts'
import type { ChatEvent } from '../events.ts'
import type { History, Where, Window } from '../messages/history.ts'
import { seenBy } from '../messages/seen.ts'
import type { Message, Seen } from '../model.ts'
import type { Delivered } from './delivered.ts'
import { type EventRow, eventColumns, eventOf } from './event-rows.ts'

type NoticeKind =
  | 'MEMBER_JOINED'
  | 'MEMBER_LEFT'
  | 'MEMBER_ROLE_CHANGED'
  | 'CONVERSATION_UPDATED'
  | 'CONVERSATION_ARCHIVED'
  | 'CONVERSATION_UNARCHIVED'
  | 'MESSAGE_PINNED'
type NoticeOf<Kind extends NoticeKind> = Omit<Extract<Delivered, { kind: 'EVENT' }>, 'event'> & {
  event: Extract<ChatEvent, { kind: Kind }>
}
/** One for each kind, so that a kind is also the notice's type. */
type Notice = { [Kind in NoticeKind]: NoticeOf<Kind> }[NoticeKind]
export type TimelineItem = Message | Notice

export const seqOf = (item: TimelineItem): number => ('event' in item ? item.event.seq : item.seq)

/** As in the partial index that makes this cheap. */
const NOTICES = sql`e.kind in ('MEMBER_JOINED', 'MEMBER_LEFT', 'MEMBER_ROLE_CHANGED', 'CONVERSATION_UPDATED', 'CONVERSATION_ARCHIVED', 'CONVERSATION_UNARCHIVED', 'MESSAGE_PINNED')`

export type Timeline = ReturnType<typeof createTimeline>

export function createTimeline({ db, history }: { db: Db; history: History }) {
  async function notices({ tenantId, conversationId }: Where, seen: Seen, window: Window): Promise<Notice[]> {
    const { after, before, limit, from } = window
    const [low, high] = [BigInt(Math.max(after ?? 0, seen.from - 1)), BigInt(before ?? Number.MAX_SAFE_INTEGER)]
    const rows = await db.$queryRaw<EventRow[]>`
      select log_epoch_seen() as epoch, ${eventColumns} from log_event e
      left join message m on e.kind = 'MESSAGE_PINNED' and m.tenant_id = e.tenant_id and m.id = e.subject_id
      where e.tenant_id = ${tenantId}::uuid and e.stream_id = ${conversationId}::uuid and ${NOTICES} and e.seq > ${low} and e.seq < ${high}
      order by e.seq ${from === 'first' ? sql`asc` : sql`desc`} limit ${limit}`
    const found = rows.map((row) => noticeOf(row, seen))
    const pinned = found.flatMap(({ event }) =>
      event.kind === 'MESSAGE_PINNED' && event.message?.hiddenCount ? [event.message.id] : [],
    )
    if (!pinned.length) return found
    const areHidden = await history.hidden(
      tenantId,
      pinned.map((messageId) => ({ userId: seen.userId, messageId })),
    )
    const hidden = new Set(pinned.filter((_, i) => areHidden[i]))
    return found.map((notice) =>
      notice.event.kind === 'MESSAGE_PINNED' && hidden.has(notice.event.message?.id ?? '')
        ? ({ ...notice, event: { ...notice.event, message: null } } as Notice)
        : notice,
    )
  }

  return {
    async page(where: Where, seen: Seen, window: Window): Promise<{ items: TimelineItem[]; hasMore: boolean }> {
      const [said, done] = await Promise.all([
        history.page(where, seen, window),
        notices(where, seen, { ...window, limit: window.limit + 1 }),
      ])
      const all: TimelineItem[] = [...said.messages, ...done].sort((one, other) => seqOf(one) - seqOf(other))
      const items = window.from === 'first' ? all.slice(0, window.limit) : all.slice(-window.limit || all.length)
      return { items: window.limit === 0 ? [] : items, hasMore: said.hasMore || all.length > window.limit }
    },
  }
}

function noticeOf(row: EventRow, seen: Seen): Notice {
  const event = eventOf(row, row.epoch ?? 0n) as Notice['event']
  const { tenantId, streamId: conversationId, seq, position } = event
  const cursor = { kind: 'CONVERSATION', tenantId, conversationId, seq, position } as const
  if (event.kind !== 'MESSAGE_PINNED' || !event.message)
    return { kind: 'EVENT', event, cursor, readWith: row } as Notice
  const message = event.message.seq < seen.from ? null : seenBy(event.message, seen)
  return { kind: 'EVENT', event: { ...event, message }, cursor, readWith: row }
}
