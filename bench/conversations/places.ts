/** Which conversations there are: each size beside its baseline, and the long lists of two users. */
import { newUuid } from '../../src/lib/ids.ts'
import type { Uuid } from '../../src/model.ts'

/** Against what is measured. */
export const SMALL = { messages: 1_000, members: 100, list: 50 }

export interface Place {
  id: Uuid
  title: string
  kind: 'GROUP' | 'CHANNEL'
  messages: number
  members: number
  /** The first so many members say everything, by turns; the others have said nothing. */
  authors: number
  /** External ids: a word and a number, which goes on from here. */
  authorCast: string
  authorsFrom: number
  readerCast: string
  readersFrom: number
  /** How much of it the readers have read. */
  read: number
  /** Besides those that every place has: members who have reacted to the message in its middle. */
  reactors: number
  endedSecondsAgo: number
  pinOrder: number | null
  isHidden: boolean
  isArchived: boolean
}

const AUTHORS = 20
const READERS = 40
const QUIET = { read: 0, reactors: 0, endedSecondsAgo: 1, pinOrder: null, isHidden: false, isArchived: false }

/** Of many messages, or few: both with the same authors, each with readers of its own, who are in nothing else. */
export const longPlace = (messages: number, readerCast: string): Place => ({
  ...QUIET,
  id: newUuid(),
  title: `${messages} messages`,
  kind: 'CHANNEL',
  messages,
  members: AUTHORS + READERS,
  authors: AUTHORS,
  authorCast: 'author',
  authorsFrom: 0,
  readerCast,
  readersFrom: 0,
})

/** Of many members, or few. */
export const widePlace = (members: number): Place => ({
  ...QUIET,
  id: newUuid(),
  title: `${members} members`,
  kind: 'CHANNEL',
  messages: SMALL.messages,
  members,
  authors: AUTHORS,
  authorCast: 'member',
  authorsFrom: 0,
  readerCast: 'member',
  readersFrom: AUTHORS,
  reactors: Math.floor(members / 10),
})

const FRIENDS = 100

/** All that one user is in, half of each read: a few pinned, one in a hundred hidden, one in a hundred archived. */
export const listOf = (reader: string, length: number): Place[] =>
  Array.from({ length }, (_, n) => ({
    ...QUIET,
    id: newUuid(),
    title: `${reader} ${n}`,
    kind: 'GROUP',
    messages: 20,
    members: 2,
    authors: 1,
    authorCast: 'friend',
    authorsFrom: n % FRIENDS,
    readerCast: reader,
    readersFrom: 0,
    read: 0.5,
    endedSecondsAgo: 60 * ((n * 7) % length) + 1,
    pinOrder: n < 3 ? n : null,
    isHidden: n % 100 === 71,
    isArchived: n % 100 === 72,
  }))

/** External ids as the seed makes them, of the nth of all or of those who only read; from 0. */
export const authorOf = ({ authorCast, authorsFrom }: Place, nth: number): string =>
  `${authorCast}-${authorsFrom + nth + 1}`
export const readerOf = ({ readerCast, readersFrom }: Place, nth: number): string =>
  `${readerCast}-${readersFrom + nth + 1}`
