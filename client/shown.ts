/** The views of all conversations: each by itself, the list, and what is unread in all. */
import type { Clock } from './environment.ts'
import type { Readable } from './readable.ts'
import type { Avoided } from './safety.ts'
import { conversationOf, listed, requested, unreadTotals } from './store/conversation-list.ts'
import type { Store } from './store/store.ts'
import type { Conversation, ConversationList, OutboxEntry, UnreadTotals } from './types.ts'
import { type View, view } from './view.ts'

export interface Shown {
  conversation(id: string): Readable<Conversation | null>
  readonly conversations: Readable<ConversationList>
  /** What strangers have begun and the viewer has not answered. */
  readonly requests: Readable<ConversationList>
  readonly unread: Readable<UnreadTotals>
  readonly avoided: Readable<Avoided>
  /** Of this conversation something has changed. */
  invalidate(id: string): void
  setLoading(isLoading: boolean): void
}

export function createShown(store: Store, entries: (id: string) => readonly OutboxEntry[], clock: Clock): Shown {
  const views = new Map<string, View<Conversation | null>>()
  let isLoading = true

  const all = view(() => [...store.records.keys()].flatMap((id) => conversation(id).get() ?? []))
  const list = view(() => listed(all.get()))
  const asked = view(() => requested(all.get(), store.avoided))
  const conversations = view((): ConversationList => {
    return { conversations: list.get(), hasMore: store.hasMoreConversations, isLoading }
  })
  const requests = view((): ConversationList => {
    return { conversations: asked.get(), hasMore: store.hasMoreRequests, isLoading }
  })
  const unread = view(() => unreadTotals(list.get(), clock.now()))

  const avoided = view(() => store.avoided)
  store.onAvoided(avoided.invalidate)

  function conversation(id: string): View<Conversation | null> {
    const known = views.get(id)
    if (known) return known
    const made = view(() => conversationOf(store.record(id), entries(id), store.avoided))
    views.set(id, made)
    return made
  }

  function invalidate(id: string): void {
    conversation(id).invalidate()
    invalidateList()
  }

  function invalidateList(): void {
    for (const each of [all, list, asked, conversations, requests, unread]) each.invalidate()
  }

  return {
    conversation,
    conversations,
    requests,
    unread,
    avoided,
    invalidate,
    setLoading(now) {
      isLoading = now
      conversations.invalidate()
      requests.invalidate()
    },
  }
}
