/** What strangers have asked the viewer, newest first; forwards only: the list moves at its front. And how a request stands, as he sees it. */
import type { Context } from '../context.ts'
import { contactSeenBy } from '../conversations/contacts.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Contact, Conversation } from '../model.ts'

export async function contactRequests(
  context: Context,
  args: PageArgs & { declined?: boolean | null },
): Promise<Connection<Conversation>> {
  const { parts, viewer } = context
  const limit = forwards(args, (await context.limits()).pageSize)
  const state = args.declined === true ? 'DECLINED' : 'REQUESTED'
  const cursors = pageCursors(parts.seal, `contacts ${viewer.userId} ${state}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.contacts.page(viewer, state, { after, limit: limit + 1 })
  return connection(found.slice(0, limit), ({ id }) => cursors.encode(id), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

/** The customer's back end sees what whoever asked sees. */
export const contactOf = ({ caller }: Context, conversation: Conversation): Contact | null =>
  contactSeenBy(conversation, caller?.kind === 'USER' ? caller.userId : null)
