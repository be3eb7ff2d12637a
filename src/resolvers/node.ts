/** Whatever an id names, if the viewer may know of it. */
import type { Context } from '../context.ts'
import { seenIn } from '../conversations/access.ts'
import { ChatError } from '../errors.ts'
import { decodeId, prefixOf } from '../lib/ids.ts'
import { seenBy } from '../messages/seen.ts'
import type { Conversation, Message, User } from '../model.ts'
import { conversation } from './conversation.ts'
import { user } from './user.ts'

export type Node =
  | (Conversation & { __typename: 'Conversation' })
  | (Message & { __typename: 'Message' })
  | (User & { __typename: 'User' })

export async function node(context: Context, id: string): Promise<Node | null> {
  switch (prefixOf(id)) {
    case 'conv':
      return named('Conversation', await conversation(context, id))
    case 'usr':
      return named('User', await user(context, { id }))
    case 'msg':
      return named('Message', await message(context, id))
    default:
      return null
  }
}

export async function nodes(context: Context, ids: readonly string[]): Promise<(Node | null)[]> {
  const { idsPerLookup: max } = await context.limits()
  if (ids.length > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `At most ${max} ids at once`,
      path: 'ids',
      limit: 'idsPerLookup',
      max,
    })
  return Promise.all(ids.map((id) => node(context, id)))
}

/** A message is as visible as its conversation, to the viewer, at its time. */
async function message({ parts, loaders, viewer }: Context, id: string): Promise<Message | null> {
  const uuid = decodeId('msg', id)
  const found = uuid === null ? null : await loaders.message.load(uuid)
  if (!found) return null
  const { tenantId, userId } = viewer
  const facts = await parts.memberships.facts({ tenantId, userId, conversationId: found.conversationId })
  const { conversation, membership } = facts
  if (!conversation || !membership) return null
  const seen = seenIn({ ...facts, conversation, membership })
  if (found.seq < seen.from) return null
  const isHidden = found.hiddenCount > 0 && (await loaders.isHidden.load({ userId, id: found.id }))
  return isHidden ? null : seenBy(found, seen)
}

const named = <Name extends string, T extends object>(__typename: Name, found: T | null) =>
  found && { ...found, __typename }
