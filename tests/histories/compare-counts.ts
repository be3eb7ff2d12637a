/** What the API counts as unread equals the recount: of each conversation, of each thread, and in all. */
import { decodeId, encodeId } from '../../src/lib/ids.ts'
import type { Breakage } from './breakage.ts'
import type { Client } from './client.ts'
import type { Totals, Unread } from './documents.ts'
import { data } from './fresh-read.ts'
import { type Counts, type Rows, recount } from './recount.ts'
import type { Person } from './world.ts'

interface Told {
  viewer: { unread: Totals }
  conversations: ({ id: string; viewerUnread: Unread | null } | null)[]
  roots: ({ id?: string; thread?: { viewerFollowing: boolean; viewerUnread: Unread | null } | null } | null)[]
}

const TOLD = `query ($conversations: [ID!]!, $roots: [ID!]!) {
  viewer { unread { conversations messages mentions replies } }
  conversations: nodes(ids: $conversations) { ... on Conversation { id viewerUnread { messages mentions } } }
  roots: nodes(ids: $roots) { ... on Message { id thread { viewerFollowing viewerUnread { messages mentions } } } }
}`
/** As many ids as one question may name. */
const MOST = 100

export async function compareCounts(
  person: Person,
  rows: Rows,
  { client, breakage }: { client: Client | undefined; breakage: Breakage | null },
): Promise<string[]> {
  const counts = recount(rows, decodeId('usr', person.id) ?? '', breakage === 'count' ? () => true : undefined)
  const threads = [...new Set(rows.messages.flatMap(({ threadId }) => threadId ?? []))]
  const conversations = [...counts.conversations.keys()].map((id) => encodeId('conv', id))
  const roots = threads.map((id) => encodeId('msg', id))
  const told = await data<Told>(person.connection, TOLD, { conversations, roots: roots.slice(-MOST) })
  const heard = client?.isListening() && client.isClose ? client.state().totals : null
  return [
    ...conversations.flatMap((id, i) =>
      fault(
        `unread in ${id}`,
        told.conversations[i]?.viewerUnread,
        counts.conversations.get(decodeId('conv', id) ?? ''),
      ),
    ),
    ...compareThreads(told, counts),
    ...fault('unread in all', told.viewer.unread, counts.totals),
    ...(heard ? fault('unread in all, as last heard', heard, counts.totals) : []),
  ].map((each) => `user ${person.n}: ${each}`)
}

function compareThreads({ roots }: Told, { threads }: Counts): string[] {
  return roots.flatMap((root) => {
    if (!root?.id) return []
    const own = threads.get(decodeId('msg', root.id) ?? '') ?? null
    const { viewerUnread = null, viewerFollowing = false } = root.thread ?? {}
    const following = viewerFollowing === (own !== null) ? [] : [`follows thread ${root.id}: told ${viewerFollowing}`]
    return [...following, ...fault(`unread in thread ${root.id}`, viewerUnread, own)]
  })
}

function fault(name: string, told: object | null | undefined, counted: object | null | undefined): string[] {
  const [one, other] = [told, counted].map((each) => JSON.stringify(each && Object.entries(each).sort()))
  return one === other ? [] : [`${name}: told ${JSON.stringify(told)}, recounted ${JSON.stringify(counted)}`]
}
