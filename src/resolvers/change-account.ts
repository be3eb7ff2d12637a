/** What the viewer says of himself, or shows to whom: told on his own log to all his devices, and to whoever follows him. */
import type { Context } from '../context.ts'
import type { Transaction } from '../db.ts'
import type { AccountPart } from '../events.ts'
import type { User } from '../model.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

interface AccountChange {
  mutation: string
  part: AccountPart
  /** Answers whether anything is another now: else nobody is told. */
  write: (tx: Transaction) => Promise<boolean>
}

export async function changeAccount(
  context: Context,
  input: Repeatable,
  { mutation, part, write }: AccountChange,
): Promise<{ user: User }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { isOther } = await idempotent(context, mutation, input, (once) =>
    parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async ({ tx, record }) => {
      const isOther = await write(tx)
      if (isOther) record(userId, { kind: 'ACCOUNT_UPDATED', changed: [part] })
      return { isOther }
    }),
  )
  const user = await ownUser(context)
  if (isOther) parts.changes.userChanged(viewer)
  return { user }
}

/** As stored this very moment. */
export async function ownUser({ parts, viewer: { tenantId, userId } }: Context): Promise<User> {
  const [user] = await parts.users.byIds(tenantId, [userId])
  if (!user) throw new Error('the viewer is not stored')
  return user
}
