/** A message's thread, as whoever reads the message sees it. */
import type { Context } from '../context.ts'
import { seenIn } from '../conversations/access.ts'
import type { Unread } from '../conversations/unread.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Connection, PageArgs } from '../lib/page.ts'
import { namedBy } from '../messages/seen.ts'
import { follow, type Thread } from '../messages/threads.ts'
import type { Message, User } from '../model.ts'
import { messageById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { messagePage } from './message-page.ts'

/** With its root, so that whoever sees less of that sees less of this. */
export type ThreadOf = Thread & { root: Message }

export async function threadOf({ loaders }: Context, root: Message): Promise<ThreadOf | null> {
  const thread = root.hasThread ? await loaders.thread.load(root.id) : null
  return thread && { ...thread, root }
}

export async function threadMessages(
  context: Context,
  { root }: ThreadOf,
  args: PageArgs & { around?: string | null },
): Promise<Connection<Message>> {
  const { access } = context.parts
  const admitted = await access.to('READ', context.viewer, root.conversationId)
  const seen = seenIn(admitted)
  if (root.seq < seen.from) throw new ChatError('NOT_FOUND')
  const { tenantId, conversationId, id: threadId } = root
  return messagePage(context, { tenantId, conversationId, threadId }, seen, args)
}

export async function lastReply({ loaders }: Context, { root, id }: ThreadOf): Promise<Message | null> {
  return namedBy(root, await loaders.lastReply.load(id), (userId, id) => loaders.isHidden.load({ userId, id }))
}

export async function participants({ loaders }: Context, { id }: ThreadOf): Promise<User[]> {
  const users = await loaders.user.loadMany(await loaders.participants.load(id))
  return users.filter((user): user is User => user !== null && !(user instanceof Error))
}

/** null for who does not follow it. */
export const threadUnread = ({ loaders, viewer }: Context, { id }: ThreadOf): Promise<Unread | null> =>
  loaders.threadUnread.load({ userId: viewer.userId, id })

export const followsThread = async (context: Context, thread: ThreadOf): Promise<boolean> =>
  (await threadUnread(context, thread)) !== null

type Input = Repeatable & { threadId: string; following: boolean }

/** Follows a thread, or no longer. */
export async function followThread(context: Context, input: Input): Promise<{ message: Message }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { messageId } = await idempotent(context, 'followThread', input, async (once) => {
    const { message } = await parts.access.toSee(viewer, decodeId('msg', input.threadId))
    const [thread] = message.hasThread ? await parts.threads.byIds(tenantId, [message.id]) : []
    if (!thread)
      throw new ChatError('NOT_FOUND', { message: 'There is no thread on this message', path: 'input.threadId' })
    return parts.append.change(
      { tenantId, actorId: userId, streams: [userId, message.conversationId], once },
      async (changing) => {
        await follow(changing, thread, userId, input.following)
        return { messageId: message.id }
      },
    )
  })
  return { message: await messageById(context, messageId) }
}
