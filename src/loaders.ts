/** What is asked for by many of one selection and read by one query: for as long as one request or one event lives. */
import DataLoader from 'dataloader'
import type { Users } from './accounts/users.ts'
import type { AversionStore } from './conversations/aversions.ts'
import type { Conversations } from './conversations/conversations.ts'
import type { Unread, UnreadCounts, UnreadTotals } from './conversations/unread.ts'
import type { Attachment } from './files/attachment.ts'
import type { Attachments } from './files/attachments.ts'
import type { History, SeenConversation } from './messages/history.ts'
import type { ReactionCount, Reactions } from './messages/reactions.ts'
import type { Thread, Threads } from './messages/threads.ts'
import type { Conversation, Message, User, Uuid } from './model.ts'

/** Of one user. */
export interface Own<Id = Uuid> {
  userId: Uuid
  id: Id
}

type OfUser<T> = DataLoader<Own, T, string>

export interface Loaders {
  user: DataLoader<Uuid, User | null>
  conversation: DataLoader<Uuid, Conversation | null>
  message: DataLoader<Uuid, Message | null>
  thread: DataLoader<Uuid, Thread | null>
  /** By the thread's id. */
  lastReply: DataLoader<Uuid, Message | null>
  participants: DataLoader<Uuid, Uuid[]>
  /** By the message's id. */
  reactions: DataLoader<Uuid, ReactionCount[]>
  attachments: DataLoader<Uuid, Attachment[]>
  ownReactions: OfUser<ReadonlySet<string>>
  isHidden: OfUser<boolean>
  /** Whether the two learn nothing of each other. */
  severed: OfUser<boolean>
  /** By conversation, as one sees it. */
  pinned: DataLoader<SeenConversation, Message[], string>
  newest: DataLoader<SeenConversation, Message[], string>
  unread: OfUser<Unread | null>
  threadUnread: OfUser<Unread | null>
  /** By the user. */
  unreadTotals: DataLoader<Uuid, UnreadTotals>
}

interface Sources {
  users: Pick<Users, 'byIds'>
  conversations: Conversations
  history: History
  threads: Threads
  reactions: Reactions
  attachments: Pick<Attachments, 'ofMessages'>
  unread: UnreadCounts
  aversions: Pick<AversionStore, 'severed'>
}

export function createLoaders(
  { users, conversations, history, threads, reactions, attachments, unread, aversions }: Sources,
  tenantId: Uuid,
): Loaders {
  return {
    user: byId((ids) => users.byIds(tenantId, ids)),
    conversation: byId((ids) => conversations.byIds(tenantId, ids)),
    message: byId((ids) => history.byIds(tenantId, ids)),
    thread: byId((ids) => threads.byIds(tenantId, ids)),
    lastReply: new DataLoader(async (ids) => {
      const found = new Map((await threads.lastReplies(tenantId, ids)).map((message) => [message.threadId, message]))
      return ids.map((id) => found.get(id) ?? null)
    }),
    participants: new DataLoader(async (ids) => {
      const found = Map.groupBy(await threads.participants(tenantId, ids), ({ threadId }) => threadId)
      return ids.map((id) => (found.get(id) ?? []).map(({ userId }) => userId))
    }),
    reactions: new DataLoader(async (ids) => {
      const found = Map.groupBy(await reactions.counts(tenantId, ids), ({ messageId }) => messageId)
      return ids.map((id) => found.get(id) ?? [])
    }),
    attachments: new DataLoader(async (ids) => {
      const found = Map.groupBy(await attachments.ofMessages(tenantId, ids), ({ messageId }) => messageId)
      return ids.map((id) => found.get(id) ?? [])
    }),
    ownReactions: ofUser(async (userId, ids) => {
      const found = Map.groupBy(await reactions.own(tenantId, userId, ids), ({ messageId }) => messageId)
      return ids.map((id) => new Set((found.get(id) ?? []).map(({ emoji }) => emoji)))
    }),
    isHidden: ofUser((userId, ids) =>
      history.hidden(
        tenantId,
        ids.map((messageId) => ({ userId, messageId })),
      ),
    ),
    severed: ofUser((userId, ids) => aversions.severed(tenantId, userId, ids)),
    pinned: seenInConversation((asks) => history.pinned(tenantId, asks)),
    newest: seenInConversation((asks) => history.newest(tenantId, asks)),
    unread: ofUser(async (userId, ids) => {
      const found = await unread.conversations(tenantId, userId, ids)
      return ids.map((id) => found.get(id) ?? null)
    }),
    unreadTotals: new DataLoader((userIds) => Promise.all(userIds.map((userId) => unread.totals(tenantId, userId)))),
    threadUnread: ofUser(async (userId, ids) => {
      const found = await unread.threads(tenantId, userId, ids)
      return ids.map((id) => found.get(id) ?? null)
    }),
  }
}

function byId<T extends { id: Uuid }>(read: (ids: readonly Uuid[]) => Promise<T[]>): DataLoader<Uuid, T | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await read(ids)).map((row) => [row.id, row]))
    return ids.map((id) => found.get(id) ?? null)
  })
}

/** Nearly always all of one user: then one query. */
function ofUser<T>(read: (userId: Uuid, ids: readonly Uuid[]) => Promise<readonly T[]>): OfUser<T> {
  return new DataLoader<Own, T, string>(
    async (asks) => {
      const answers = new Map<string, T>()
      for (const [userId, own] of Map.groupBy(asks, ({ userId }) => userId)) {
        const ids = own.map(({ id }) => id)
        for (const [i, answer] of (await read(userId, ids)).entries()) answers.set(`${userId} ${ids[i]}`, answer)
      }
      return asks.map(({ userId, id }) => answers.get(`${userId} ${id}`) as T)
    },
    { cacheKeyFn: ({ userId, id }) => `${userId} ${id}` },
  )
}

function seenInConversation(read: (asks: readonly SeenConversation[]) => Promise<Message[]>) {
  const name = (userId: Uuid | undefined, conversationId: Uuid) => `${userId} ${conversationId}`
  return new DataLoader<SeenConversation, Message[], string>(
    async (asks) => {
      const found = Map.groupBy(await read(asks), ({ seen, conversationId }) => name(seen?.userId, conversationId))
      return asks.map(({ userId, conversationId }) => found.get(name(userId, conversationId)) ?? [])
    },
    { cacheKeyFn: ({ userId, conversationId }) => name(userId, conversationId) },
  )
}
