/** Reads what strangers have begun, and whom the viewer wants nothing of. The feed keeps both up from then on. */
import type { Connection } from '../asking.ts'
import {
  BlockedUsersDocument,
  type ContactRequestsQuery,
  MutedUsersDocument,
  SafetyDocument,
} from '../generated/graphql.ts'
import type { Refresher } from '../store/refresher.ts'
import { heardOf, putConversation, type Store } from '../store/store.ts'

const REQUESTS = 30
const USERS = 100

interface Options {
  store: Store
  connection: Pick<Connection, 'request'>
  refresher: Refresher
}

interface Page {
  edges: readonly { node: { user: { id: string } } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

export async function readSafety({ store, connection, refresher }: Options): Promise<void> {
  const { request } = connection
  const heardTo = heardOf(store)
  const { avoidedHeard } = store
  const variables = { first: REQUESTS, avoided: USERS }
  const { contactRequests, viewer } = await refresher.reading(() => request(SafetyDocument, variables))
  putRequests(store, contactRequests, heardTo)
  const blocked = await allOf(viewer.blockedUsers, async (after) => {
    return (await request(BlockedUsersDocument, { first: USERS, after })).viewer.blockedUsers
  })
  const muted = await allOf(viewer.mutedUsers, async (after) => {
    return (await request(MutedUsersDocument, { first: USERS, after })).viewer.mutedUsers
  })
  if (store.avoidedHeard === avoidedHeard) store.setAvoided({ blocked, muted })
  else await readSafety({ store, connection, refresher })
}

export function putRequests(
  store: Store,
  { edges, pageInfo }: ContactRequestsQuery['contactRequests'],
  heardTo: (id: string) => number,
): void {
  store.requestsCursor = pageInfo.endCursor
  store.hasMoreRequests = pageInfo.hasNextPage
  for (const { node } of edges) putConversation(store, node, heardTo(node.id))
}

/** There are no more of them than `limits` allows. */
async function allOf(first: Page, next: (after: string | null) => Promise<Page>): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let page = first; ; page = await next(page.pageInfo.endCursor)) {
    for (const { node } of page.edges) ids.add(node.user.id)
    if (!page.pageInfo.hasNextPage) return ids
  }
}
