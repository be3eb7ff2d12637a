/** The tenant's users by name, forwards only. */
import type { Context } from '../context.ts'
import { assertNoGuest } from '../conversations/guests.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import { isStorable } from '../messages/draft.ts'
import type { User } from '../model.ts'

export async function users(context: Context, args: PageArgs & { query?: string | null }): Promise<Connection<User>> {
  const { parts, tenantId, caller } = context
  assertNoGuest(caller)
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `users ${tenantId}`)
  const after = cursors.decode(args.after, 'after')
  const prefix = args.query ?? ''
  const found = !isStorable(prefix)
    ? []
    : await parts.users.page(tenantId, {
        prefix,
        after: after === null ? null : placeOf(after),
        limit: limit + 1,
      })
  return connection(found.slice(0, limit), ({ name, id }) => cursors.encode(`${id} ${name}`), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

const placeOf = (place: string) => ({ id: place.slice(0, 36), name: place.slice(37) })
