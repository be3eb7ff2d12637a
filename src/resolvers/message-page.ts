/** A page of messages, from either end or around one: of a conversation, or of one of its threads. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { type Connection, connection, type PageArgs, pageCursors, pageSize } from '../lib/page.ts'
import type { Where } from '../messages/history.ts'
import type { Message, Seen } from '../model.ts'

export async function messagePage(
  context: Context,
  where: Where,
  seen: Seen,
  args: PageArgs & { around?: string | null },
): Promise<Connection<Message>> {
  const { history, seal } = context.parts
  const { limit, from } = pageSize(args, (await context.limits()).pageSize, args.after != null ? 'first' : 'last')
  const cursors = pageCursors(seal, `messages ${where.threadId ?? where.conversationId}`)
  const cursorOf = ({ seq }: Message) => cursors.encode(String(seq))
  if (args.around != null) {
    if (args.after != null || args.before != null)
      throw new ChatError('INVALID_INPUT', { message: 'Give around, or after and before, not both', path: 'around' })
    const seq = await seqOfMiddle(context, where, seen, args.around)
    const { messages, hasOlder, hasNewer } = await history.around(where, seen, { seq, limit })
    return connection(messages, cursorOf, { hasPreviousPage: hasOlder, hasNextPage: hasNewer })
  }
  const [after, before] = [seqOf(cursors.decode(args.after, 'after')), seqOf(cursors.decode(args.before, 'before'))]
  const { messages, hasMore } = await history.page(where, seen, { after, before, limit, from })
  return connection(messages, cursorOf, moreOf({ from, hasMore, after, before }))
}

/** Towards the end that was counted from we know of nothing but the cursor: what it names is there. */
export const moreOf = ({
  from,
  hasMore,
  after,
  before,
}: {
  from: 'first' | 'last'
  hasMore: boolean
  after: number | null
  before: number | null
}) =>
  from === 'first'
    ? { hasNextPage: hasMore, hasPreviousPage: after !== null }
    : { hasPreviousPage: hasMore, hasNextPage: before !== null }

/** Of a message that stands there, and that he sees. Throws NOT_FOUND. */
async function seqOfMiddle(
  { loaders }: Context,
  { conversationId, threadId }: Where,
  seen: Seen,
  around: string,
): Promise<number> {
  const id = decodeId('msg', around)
  const message = id === null ? null : await loaders.message.load(id)
  const stands =
    message?.conversationId === conversationId &&
    (threadId ? message.threadId === threadId : message.threadId === null || message.alsoInConversation)
  const isSeen =
    message &&
    message.seq >= seen.from &&
    !(message.hiddenCount && (await loaders.isHidden.load({ userId: seen.userId, id: message.id })))
  if (!stands || !isSeen)
    throw new ChatError('NOT_FOUND', { message: 'around is no message that stands here', path: 'around' })
  return message.seq
}

const seqOf = (place: string | null) => (place === null ? null : Number(place))
