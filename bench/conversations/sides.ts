/** A place as its members reach it: who calls, and where in it. All that a call needs is ready before it is measured. */
import { encodeId } from '../../src/lib/ids.ts'
import type { Caller } from './caller.ts'
import { AROUND, MEMBERS } from './documents.ts'
import { authorOf, type Place, readerOf } from './places.ts'
import { messageIds } from './seed.ts'

export interface Side {
  id: string
  author: Caller
  /** Have said nothing; each is taken in turn. */
  readers: Caller[]
  /** Messages from the beginning to the end. */
  rungs: string[]
  /** Cursors of messages in the middle third, and of members just before the middle. */
  middles: string[]
  memberMiddles: string[]
}

/** No more than the smaller place has: see messageIds. */
export const RUNGS = 90
const READERS = 40
const MIDDLES = 10

export async function sideOf(
  place: Place,
  { as, url }: { as: (externalId: string) => Promise<Caller>; url: string },
): Promise<Side> {
  const id = encodeId('conv', place.id)
  const author = await as(authorOf(place, 0))
  const apart = Math.floor((place.members - place.authors - place.reactors) / READERS)
  const readers = await Promise.all(Array.from({ length: READERS }, (_, n) => as(readerOf(place, n * apart))))
  const rungs = (await messageIds(url, place, RUNGS)).map((uuid) => encodeId('msg', uuid))
  const middles = await middlesOf({ id, author }, rungs)
  const memberMiddles = await middlesOfMembers({ id, author }, place.members)
  return { id, author, readers, rungs, middles, memberMiddles }
}

async function middlesOf({ id, author }: Pick<Side, 'id' | 'author'>, rungs: readonly string[]): Promise<string[]> {
  const cursors: string[] = []
  for (const around of middleOf(rungs)) {
    const { data } = await author.ask<MessagesAround>(AROUND, { id, around })
    const found = data.conversation.messages.edges.find(({ node }) => node.id === around)
    if (!found) throw new Error('expected a page around a message to hold it')
    cursors.push(found.cursor)
  }
  return cursors
}

/** Some, from the middle third. */
export const middleOf = <T>(all: readonly T[]): T[] =>
  Array.from({ length: MIDDLES }, (_, n) => all[Math.floor((all.length * (MIDDLES + n)) / (3 * MIDDLES))] as T)

interface MessagesAround {
  conversation: { messages: { edges: { cursor: string; node: { id: string } }[] } }
}

/** Members are paged forwards only: so their middle is reached page by page. */
async function middlesOfMembers({ id, author }: Pick<Side, 'id' | 'author'>, members: number): Promise<string[]> {
  const first = Math.min(100, Math.floor(members / 10))
  const cursors: string[] = []
  for (let seen = 0; seen < members / 2; seen += first) {
    const { data } = await author.ask<MembersPage>(MEMBERS, { id, first, place: cursors.at(-1) })
    cursors.push(data.conversation.members.pageInfo.endCursor)
  }
  return cursors.slice(-MIDDLES)
}

interface MembersPage {
  conversation: { members: { pageInfo: { endCursor: string } } }
}
