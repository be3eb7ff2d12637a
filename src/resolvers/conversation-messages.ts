/** A page of a conversation's messages, from either end or around one: of those that the viewer may see. */
import type { Context } from '../context.ts'
import { visibleFrom } from '../conversations/access.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { type Connection, connection, type PageArgs, pageCursors, pageSize } from '../lib/page.ts'
import { visibleMessages } from '../messages/visible.ts'
import type { Conversation, Message, Uuid } from '../model.ts'

export async function conversationMessages(
  context: Context,
  conversation: Conversation,
  args: PageArgs & { around?: string | null },
): Promise<Connection<Message>> {
  const { access, history, seal } = context.parts
  const from = visibleFrom(await access.to('READ', context.viewer, conversation.id))
  const { limit, from: end } = pageSize(args, (await context.limits()).pageSize, args.after != null ? 'first' : 'last')
  const cursors = pageCursors(seal, `messages ${conversation.id}`)
  const lookup = (id: Uuid) => context.loaders.message.load(id)
  const cursorOf = ({ seq }: Message) => cursors.encode(String(seq))
  if (args.around != null) {
    if (args.after != null || args.before != null)
      throw new ChatError('INVALID_INPUT', { message: 'Give around, or after and before, not both', path: 'around' })
    const id = decodeId('msg', args.around)
    const page = id && (await history.around(conversation, { id, limit, from }))
    if (!page)
      throw new ChatError('NOT_FOUND', { message: 'around is no message of this conversation', path: 'around' })
    return connection(await visibleMessages(lookup, page.messages, from), cursorOf, {
      hasPreviousPage: page.hasOlder,
      hasNextPage: page.hasNewer,
    })
  }
  const [after, before] = [seqOf(cursors.decode(args.after, 'after')), seqOf(cursors.decode(args.before, 'before'))]
  const { messages, hasMore } = await history.page(conversation, {
    after: Math.max(after ?? 0, from - 1),
    before,
    limit,
    from: end,
  })
  // Towards the end that was counted from we know of nothing but the cursor: what it names is there.
  const more =
    end === 'first'
      ? { hasNextPage: hasMore, hasPreviousPage: after !== null }
      : { hasPreviousPage: hasMore, hasNextPage: before !== null }
  return connection(await visibleMessages(lookup, messages, from), cursorOf, more)
}

const seqOf = (place: string | null) => (place === null ? null : Number(place))
