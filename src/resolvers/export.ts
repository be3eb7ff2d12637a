/** Gives a user all that is kept of him, as one archive that is written by and by: to himself, or to the customer's back end. */
import { type Export, writeExportKind } from '../accounts/exports.ts'
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Once } from '../messages/change.ts'
import type { UserName } from '../model.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

interface Asked {
  export: Export
}

/** A URL is good for this long: whoever holds it may. */
const URL_MS = 600_000

export async function exportMyData(context: Context, input: Repeatable): Promise<Asked> {
  const { tenantId, userId } = context.viewer
  const { id } = await idempotent(context, 'exportMyData', input, (once) =>
    request(context, { tenantId, userId }, { byUser: true, once }),
  )
  return { export: await stored(context, id) }
}

export async function exportUser(context: Context, input: Repeatable & { userId: string }): Promise<Asked> {
  const { tenantId } = context.server('users:write')
  const { id } = await idempotent(context, 'exportUser', input, async (once) => {
    const uuid = decodeId('usr', input.userId)
    const user = uuid && (await context.loaders.user.load(uuid))
    if (!user) throw new ChatError('NOT_FOUND', { message: 'There is no such user', path: 'input.userId' })
    return request(context, { tenantId, userId: user.id }, { byUser: false, once })
  })
  return { export: await stored(context, id) }
}

async function request(
  context: Context,
  user: UserName,
  { byUser, once }: { byUser: boolean; once: Once | null },
): Promise<{ id: string }> {
  const { exports, jobs, append } = context.parts
  const { tenantId, userId } = user
  const { exportsPerDay: perDay } = await context.limits()
  const actorId = byUser ? userId : null
  return append.change({ tenantId, actorId, streams: [userId], once }, async ({ tx }) => {
    const { id, isNew } = await exports.request(tx, user, { byUser, perDay })
    if (isNew) await jobs.send(writeExportKind, { tenantId, id }, { tx })
    return { id }
  })
}

async function stored({ parts, tenantId }: Context, id: string): Promise<Export> {
  const found = await parts.exports.byId({ tenantId, id })
  if (!found) throw new ChatError('NOT_FOUND', { message: 'That export is forgotten: ask for another one' })
  return found
}

export async function ownExports({ parts, viewer }: Context): Promise<Export[]> {
  return parts.exports.of(viewer)
}

export async function exportById(context: Context, id: string): Promise<Export | null> {
  const { tenantId } = context.server('users:write')
  const uuid = decodeId('export', id)
  return uuid === null ? null : context.parts.exports.byId({ tenantId, id: uuid })
}

/** Whoever sees the export may have it. */
export function exportUrl({ parts }: Context, { tenantId, id, state, expiresAt }: Export): string | null {
  if (state !== 'READY') return null
  const until = Math.min(Date.now() + URL_MS, expiresAt?.getTime() ?? 0)
  return parts.urls.url({ may: 'EXPORT', tenantId, id, until })
}

/** How much of what is to be looked through is done, of a hundred; all only when it is READY. */
export function percentOf({ state, seen, toSee }: Export): number {
  if (state === 'READY' || state === 'EXPIRED') return 100
  return toSee ? Math.min(99, Number((seen * 100n) / toSee)) : 0
}
