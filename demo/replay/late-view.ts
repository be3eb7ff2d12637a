/** What who joined in the middle is shown of the conversation in the end, wherever he asks for it. */
import { ask, type Endpoint } from '../lib/api.ts'
import { GLANCE, NODE, NODES, TIMELINE } from './documents.ts'
import type { SeenEvent, SeenMessage } from './frames.ts'
import { type History, readHistory } from './history.ts'

export type TimelineItem = ({ __typename: 'Message' } & SeenMessage) | Pick<SeenEvent, '__typename' | 'pinned'>

export interface LateView {
  history: History
  timeline: TimelineItem[]
  /** The id that is found by each line's id. */
  lookups: { by: 'node' | 'nodes'; index: number; id: string | null }[]
  unread: number | null
  /** By client message ids, newest pin first. */
  pinned: string[]
}

interface Conversation {
  id: string
  joinedAfter: number
  /** Of all lines. */
  messageIds: readonly string[]
  idsPerLookup: number
}

export async function readAsLate(endpoint: Endpoint, conversation: Conversation): Promise<LateView> {
  const { id, joinedAfter, messageIds } = conversation
  return {
    history: await readHistory(endpoint, id, messageIds.length - joinedAfter),
    timeline: await readTimeline(endpoint, id, messageIds.length * 2),
    lookups: [...(await lookUpAll(endpoint, conversation)), ...(await lookUpAtJoining(endpoint, conversation))],
    ...(await glance(endpoint, id)),
  }
}

type Named = { id: string } | null

async function lookUpAll(endpoint: Endpoint, { messageIds, idsPerLookup }: Conversation): Promise<LateView['lookups']> {
  const found: Named[] = []
  while (found.length < messageIds.length) {
    const ids = messageIds.slice(found.length, found.length + idsPerLookup)
    const { nodes } = await ask<{ nodes: Named[] }>(endpoint, NODES, { ids })
    if (nodes.length !== ids.length) throw new Error(`nodes gave ${nodes.length} for ${ids.length} ids`)
    found.push(...nodes)
  }
  return found.map((node, index) => ({ by: 'nodes', index, id: node?.id ?? null }))
}

/** The last line from before, and the first from after: the one is not there, the other is. */
async function lookUpAtJoining(endpoint: Endpoint, { joinedAfter, messageIds }: Conversation) {
  const lookups: LateView['lookups'] = []
  for (const index of [joinedAfter - 1, joinedAfter]) {
    const { node } = await ask<{ node: Named }>(endpoint, NODE, { id: messageIds[index] })
    lookups.push({ by: 'node', index, id: node?.id ?? null })
  }
  return lookups
}

/** Up to `most` items: more would be no timeline of this conversation. */
async function readTimeline(endpoint: Endpoint, id: string, most: number): Promise<TimelineItem[]> {
  interface Page {
    edges: { node: TimelineItem }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
  const page = async (after: string | null): Promise<Page> => {
    const variables = { id, first: 47, after }
    const data = await ask<{ conversation: { timeline: Page } | null }>(endpoint, TIMELINE, variables)
    if (!data.conversation) throw new Error('the conversation is not there')
    return data.conversation.timeline
  }
  const items: TimelineItem[] = []
  for (let after: string | null = null, more = true; more; ) {
    const { edges, pageInfo } = await page(after)
    items.push(...edges.map(({ node }) => node))
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage && edges.length > 0 && items.length <= most
  }
  return items
}

/** What a list of conversations shows of this one. */
export async function glance(endpoint: Endpoint, id: string): Promise<Pick<LateView, 'unread' | 'pinned'>> {
  interface Glance {
    viewerUnread: { messages: number } | null
    pinnedMessages: Pick<SeenMessage, 'clientMessageId'>[]
  }
  const { conversation } = await ask<{ conversation: Glance | null }>(endpoint, GLANCE, { id })
  const { viewerUnread = null, pinnedMessages = [] } = conversation ?? {}
  const pinned = pinnedMessages.map(({ clientMessageId }) => clientMessageId)
  return { unread: viewerUnread?.messages ?? null, pinned }
}
