/** The verdict, once all is quiet: what each reader has against what is stored. Shares nothing with the product but the events themselves. */
import type { Cursor } from '../../src/delivery/cursor.ts'
import type { ChatEvent } from '../../src/events.ts'
import type { Uuid } from '../../src/model.ts'
import type { Database } from './database.ts'
import type { Reader } from './reader.ts'
import { CONVERSATIONS, FROM_JOIN, type Row, type Tables, USERS } from './tables.ts'

export function judge({ tables }: Database, readers: readonly Reader[]): string[] {
  return [
    ...[...USERS, ...CONVERSATIONS].flatMap((streamId) => orderOf(tables, streamId)),
    ...readers.flatMap((reader) => {
      if (!reader.start) return lostFrom(tables, reader)
      const { conversationId, userId } = reader.who
      const faults = conversationId
        ? conversationFaults(tables, reader, conversationId)
        : [userId, ...CONVERSATIONS].flatMap((streamId) => feedFaults(tables, reader, streamId))
      return [...faults, ...contentFaults(tables, reader)].map((fault) => `${reader.who.name}: ${fault}`)
    }),
  ]
}

function orderOf(tables: Tables, streamId: Uuid): string[] {
  const rows = tables.rows(streamId)
  const isInOrder = rows.every(({ seq, position }, i) => seq === i + 1 && position >= (rows[i - 1]?.position ?? 0n))
  return isInOrder ? [] : [`${streamId}: seq or position out of order`]
}

/** Who could not begin: nobody may be kept out who is a member. */
function lostFrom(tables: Tables, { who: { name, userId, conversationId } }: Reader): string[] {
  return conversationId && !tables.windows(userId, conversationId).length ? [] : [`${name} has never begun`]
}

// ---------------------------------------------------------------- feeds

/** All that was committed after it began and while he was a member; of before nothing that its cursor did not promise; nothing else. */
function feedFaults(
  tables: Tables,
  { who: { userId }, start, since, got, at, cursor }: Reader,
  streamId: Uuid,
): string[] {
  const heard = tables.rows(streamId).filter(({ seenBy }) => seenBy.has(userId))
  const has = got.filter((event) => event.streamId === streamId)
  const from = promisedFrom(start, cursor())
  const strange = has.filter((event) => !heard.some((row) => isSame(row, event) && row.position >= from))
  const missing = heard.filter((row) => row.nth >= since && !has.some((event) => isSame(row, event)))
  const believed = at.get(streamId)
  const isMember = streamId === userId || tables.isMember(userId, streamId)
  return [
    ...(strange.length ? [`has of ${streamId} ${shown(strange)}, which is not his to have`] : []),
    ...(missing.length ? [`lacks of ${streamId} ${shown(missing)}; has ${shown(has)}`] : []),
    ...(believed && isMember && !tables.isStored(streamId, believed)
      ? [`believes in ${streamId}#${believed.seq}, which is not stored`]
      : []),
  ]
}

/** Nothing of before its beginning; but in another life of the database a node knows no better than its last tail pass, and more may come again. */
function promisedFrom(start: Cursor | null, now: Cursor | null): bigint {
  return start?.kind === 'FEED' && now?.kind === 'FEED' && start.epoch === now.epoch ? start.watermark : 0n
}

// ---------------------------------------------------------------- conversations

function conversationFaults(tables: Tables, reader: Reader, conversationId: Uuid): string[] {
  const { got, start, who, isRevoked } = reader
  const begun = start?.kind === 'CONVERSATION' ? start.seq : 0
  const rows = tables.rows(conversationId)
  const end = endOf(tables, reader, conversationId)
  if (end === null) return [] // his membership was forgotten, or his leaving after he was told of it
  const floor = conversationId === FROM_JOIN ? (tables.windows(who.userId, conversationId).at(-1)?.from ?? 1) : 1
  const want = rows.filter(({ seq }) => seq > begun && seq >= floor && seq <= end)
  const has = conversationId === FROM_JOIN ? got.filter(({ seq }) => seq >= floor) : got
  const isExact = want.length === has.length && want.every((row, i) => isSame(row, has[i]!))
  const outside = got.filter((event) => !mayHear(rows, event, { who, conversationId }))
  return [
    ...(isExact ? [] : [`has ${shown(has)}; stored is ${shown(want)}`]),
    ...(reader.isConnected() && !tables.isMember(who.userId, conversationId)
      ? ['still listens, and is no member']
      : []),
    ...(outside.length ? [`has ${shown(outside)} from outside of his time`] : []),
    ...(isRevoked && got.length && !hasLeftBy(tables, got.at(-1)!, who.userId)
      ? ['was revoked where he had not left']
      : []),
  ]
}

/** At his leaving; or in none of his times, if the database has forgotten that he came back. */
const hasLeftBy = (tables: Tables, { streamId, seq, kind }: ChatEvent, userId: Uuid): boolean =>
  kind === 'MEMBER_LEFT' ||
  !tables.windows(userId, streamId).some(({ from, to }) => from <= seq && (to === null || seq <= to))

/** Up to where he hears: to the newest, or to the leaving at which he was told that it is over. */
function endOf(tables: Tables, { who: { userId }, isRevoked, isConnected, cursor }: Reader, conversationId: Uuid) {
  const newest = tables.last(conversationId)?.seq ?? 0
  if (!tables.windows(userId, conversationId).length) return null
  if (isConnected()) return newest
  const now = cursor()
  if (isRevoked && now?.kind === 'CONVERSATION') return tables.isStored(conversationId, now) ? now.seq : null
  return newest
}

const mayHear = (
  rows: readonly Row[],
  event: ChatEvent,
  { who, conversationId }: Pick<Reader, 'who'> & { conversationId: Uuid },
) => conversationId !== FROM_JOIN || rows.some((row) => isSame(row, event) && row.seenBy.has(who.userId))

// ---------------------------------------------------------------- what events bring along

/** Where only what comes after joining is his: no message of before. */
function contentFaults(tables: Tables, { who: { userId }, got }: Reader): string[] {
  const windows = tables.windows(userId, FROM_JOIN)
  return got.flatMap((event) => {
    if (event.streamId !== FROM_JOIN || !('message' in event) || !event.message) return []
    const window = windows.findLast(({ from }) => from <= event.seq)
    return window && event.message.seq < window.from ? [`was shown message #${event.message.seq} by #${event.seq}`] : []
  })
}

const isSame = (row: Row, event: ChatEvent): boolean => String(row.uid) === event.actorId && row.seq === event.seq

const shown = (events: readonly { seq: number; position: bigint }[]): string =>
  events.map(({ seq, position }) => `#${seq}@${position}`).join(' ') || 'nothing'
