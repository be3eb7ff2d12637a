/** The viewer wants nothing of another user, or no longer so: told on his own log, to all his devices and nobody else. */
import type { Context } from '../context.ts'
import type { Aversion, Kind } from '../conversations/aversions.ts'
import { directKey } from '../conversations/conversations.ts'
import { ChatError } from '../errors.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Changing, Once } from '../messages/change.ts'
import type { User, Uuid } from '../model.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { knownUsers } from './known-users.ts'

type Input = Repeatable & { userId: string }

export const blockUser = (context: Context, input: Input) =>
  set(context, { mutation: 'blockUser', input, kind: 'BLOCK', isOn: true })
export const unblockUser = (context: Context, input: Input) =>
  set(context, { mutation: 'unblockUser', input, kind: 'BLOCK', isOn: false })
export const muteUser = (context: Context, input: Input) =>
  set(context, { mutation: 'muteUser', input, kind: 'MUTE', isOn: true })
export const unmuteUser = (context: Context, input: Input) =>
  set(context, { mutation: 'unmuteUser', input, kind: 'MUTE', isOn: false })

interface Wish {
  mutation: string
  input: Input
  kind: Kind
  isOn: boolean
}

async function set(context: Context, { mutation, input, kind, isOn }: Wish): Promise<{ user: User }> {
  const { userId } = await idempotent(context, mutation, input, async (once) => {
    const [other] = await knownUsers(context, [input.userId], 'input.userId')
    if (!other || other === context.viewer.userId)
      throw new ChatError('INVALID_INPUT', { message: 'It needs another user than yourself', path: 'input.userId' })
    await change(context, { kind, isOn, other, once })
    return { userId: other }
  })
  const user = await context.loaders.user.load(userId)
  if (!user) throw new Error('a user that was just named is not there')
  return { user }
}

interface Wished extends Pick<Wish, 'kind' | 'isOn'> {
  other: Uuid
  once: Once | null
}

/** What the two are saying to each other is stored before it, or refused: so their conversation is held, too. */
async function change(context: Context, { kind, isOn, other, once }: Wished): Promise<void> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const limits = await context.limits()
  const key = directKey(userId, other)
  const direct = await parts.conversations.direct(tenantId, key)
  const streams = direct ? [userId, direct.id] : [userId]
  const work = async ({ tx, record, at }: Changing) => {
    // Whoever opens one holds this user's own stream: none can begin from here on.
    if (!direct && (await tx.conversation.count({ where: { tenantId, directKey: key } }))) throw new JustBegun()
    const isNew = await parts.aversions.set(
      tx,
      { tenantId, userId },
      { kind, userId: other, at: isOn ? at : null },
      limits,
    )
    if (isNew && kind === 'BLOCK') record(userId, { kind: 'USER_BLOCKED', userId: other, isBlocked: isOn })
    if (isNew && kind === 'MUTE') record(userId, { kind: 'USER_MUTED', userId: other, isMuted: isOn })
    return { userId: other }
  }
  await parts.append.change({ tenantId, actorId: userId, streams, once }, work).catch((error) => {
    if (error instanceof JustBegun) return change(context, { kind, isOn, other, once })
    throw error
  })
}

/** Their conversation was opened between the look at it and the locks: it is held by another try. */
class JustBegun extends Error {}

export interface Avoided {
  user: User
  since: Date
}

/** Newest first. */
export async function avoidedUsers(context: Context, kind: Kind, args: PageArgs): Promise<Connection<Avoided>> {
  const { parts, viewer, loaders } = context
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `${kind} ${viewer.userId}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.aversions.page(viewer, kind, {
    after: after === null ? null : placeOf(after),
    limit: limit + 1,
  })
  const users = await Promise.all(found.slice(0, limit).map(({ userId }) => loaders.user.load(userId)))
  const avoided = users.flatMap((user, i) => (user && found[i] ? [{ user, since: found[i].since }] : []))
  return connection(avoided, ({ user, since }) => cursors.encode(`${user.id} ${since.toISOString()}`), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

const placeOf = (place: string): Aversion => ({ userId: place.slice(0, 36), since: new Date(place.slice(37)) })
