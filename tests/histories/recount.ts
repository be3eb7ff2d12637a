/** (2) Counts as the rules say, from the rows of messages and where each has read to: slowly, and with none of the stored counters. */
import type { Db } from '../../src/db.ts'
import type { Unread } from './documents.ts'

/** All of one tenant, as it is stored. */
export interface Rows {
  messages: {
    id: string
    conversationId: string
    seq: number
    authorId: string | null
    threadId: string | null
    also: boolean
    silent: boolean
    isDeleted: boolean
    mentions: { userId: string | null }[] | null
  }[]
  members: {
    conversationId: string
    userId: string
    joinedSeq: number
    readSeq: number
    isFromJoin: boolean
    /** Neither muted nor hidden nor archived, nor a request to him. */
    isLoud: boolean
  }[]
  followers: { threadId: string; userId: string; readSeq: number }[]
  hidden: { userId: string; messageId: string }[]
}

export async function readRows(db: Db, tenantId: string): Promise<Rows> {
  const [messages, members, followers, hidden] = await Promise.all([
    db.$queryRaw<Rows['messages']>`
      select id, conversation_id as "conversationId", seq::integer, author_id as "authorId", thread_id as "threadId", also_in_conversation as also, silent,
        deleted_at is not null as "isDeleted", mentions
      from message where tenant_id = ${tenantId}::uuid`,
    db.$queryRaw<Rows['members']>`
      select m.conversation_id as "conversationId", m.user_id as "userId", m.joined_seq::integer as "joinedSeq", m.read_seq::integer as "readSeq", c.history = 'FROM_JOIN' as "isFromJoin",
        coalesce(m.muted_until, '-infinity') <= now() and coalesce(m.hidden_seq, -1) < s.last_seq and c.archived_at is null
          and not (coalesce(c.contact_state, 'ACCEPTED') <> 'ACCEPTED' and c.contact_to = m.user_id) as "isLoud"
      from membership m join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id join stream s on s.tenant_id = m.tenant_id and s.id = m.conversation_id
      where m.tenant_id = ${tenantId}::uuid and m.left_seq is null`,
    db.$queryRaw<Rows['followers']>`
      select thread_id as "threadId", user_id as "userId", read_seq::integer as "readSeq" from thread_member where tenant_id = ${tenantId}::uuid and is_following`,
    db.$queryRaw<Rows['hidden']>`
      select user_id as "userId", message_id as "messageId" from message_hidden where tenant_id = ${tenantId}::uuid`,
  ])
  return { messages, members, followers, hidden }
}

export interface Counts {
  /** By conversation, and by the thread's root. */
  conversations: Map<string, Unread>
  threads: Map<string, Unread>
  totals: Unread & { conversations: number; replies: number }
}

type Message = Rows['messages'][number]

/** What this user has not read. `doesCount`: of a message, whether it is there to be read at all. */
export function recount(
  { messages, members, followers, hidden }: Rows,
  userId: string,
  doesCount: (message: Message) => boolean = ({ isDeleted }) => !isDeleted,
): Counts {
  const isHidden = new Set(hidden.filter((each) => each.userId === userId).map(({ messageId }) => messageId))
  const byId = new Map(messages.map((message) => [message.id, message]))
  const unread = messages.filter((message) => {
    return doesCount(message) && !message.silent && message.authorId !== userId && !isHidden.has(message.id)
  })
  const countOf = (list: Message[]): Unread => ({
    messages: list.length,
    mentions: list.filter(({ mentions }) => mentions?.some((each) => each.userId === null || each.userId === userId))
      .length,
  })
  const counts: Counts = {
    conversations: new Map(),
    threads: new Map(),
    totals: { conversations: 0, messages: 0, mentions: 0, replies: 0 },
  }
  for (const member of members.filter((each) => each.userId === userId)) {
    const { conversationId, readSeq, isFromJoin, joinedSeq, isLoud } = member
    const begin = isFromJoin ? joinedSeq : 0
    const seen = unread.filter((each) => each.conversationId === conversationId && each.seq >= begin)
    const said = countOf(seen.filter((each) => each.seq > readSeq && (each.threadId === null || each.also)))
    counts.conversations.set(conversationId, said)
    const followed = followers.filter(({ threadId, userId: follower }) => {
      const root = byId.get(threadId)
      return (
        follower === userId && root?.conversationId === conversationId && root.seq >= begin && !isHidden.has(root.id)
      )
    })
    const threads = followed.map((each): [string, Unread] => [
      each.threadId,
      countOf(seen.filter(({ threadId, seq }) => threadId === each.threadId && seq > each.readSeq)),
    ])
    for (const [threadId, replies] of threads) counts.threads.set(threadId, replies)
    if (isLoud) add(counts.totals, said, threads)
  }
  return counts
}

function add(totals: Counts['totals'], said: Unread, threads: [string, Unread][]): void {
  totals.conversations += said.messages > 0 ? 1 : 0
  totals.messages += said.messages
  totals.mentions += said.mentions
  for (const [, replies] of threads) {
    totals.replies += replies.messages
    totals.mentions += replies.mentions
  }
}
