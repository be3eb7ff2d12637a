/** Sets what the viewer is doing, for a while. When that is over workers/end-status.ts tells those who see it; whoever reads it before compares. */
import { endStatusKind, type Status, setStatus as storeStatus } from '../accounts/profiles.ts'
import type { Context } from '../context.ts'
import type { Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import { oneEmoji } from '../lib/emoji.ts'
import { neutralName } from '../lib/names.ts'
import { assertText } from '../messages/draft.ts'
import type { User } from '../model.ts'
import { changeAccount } from './change-account.ts'
import type { Repeatable } from './idempotent.ts'

interface Input extends Repeatable {
  text?: string | null
  emoji?: string | null
  expiresAt?: Date | null
}

/** Neither text nor emoji: he has none from now on. */
export async function setStatus(context: Context, input: Input): Promise<{ user: User }> {
  const { text, emoji, expiresAt } = input
  const limits = await context.limits()
  if (text != null) {
    assertText(text, 'input.text', limits, 'statusTextLength')
    assertText(neutralName(text), 'input.text', limits, 'statusTextLength')
  }
  const picture = emoji == null ? null : oneEmoji(emoji)
  if (emoji != null && !picture)
    throw new ChatError('INVALID_INPUT', { message: 'input.emoji must be exactly one emoji', path: 'input.emoji' })
  const isSet = text != null || picture !== null
  const status = {
    text: text == null ? null : neutralName(text),
    emoji: picture,
    expiresAt: isSet ? (expiresAt ?? null) : null,
  }
  return changeAccount(context, input, {
    mutation: 'setStatus',
    part: 'STATUS',
    async write(tx) {
      // Here, so that a repeat that comes later is answered as before.
      if (expiresAt && expiresAt.getTime() <= Date.now())
        throw new ChatError('INVALID_INPUT', { message: 'input.expiresAt is over', path: 'input.expiresAt' })
      const isOther = await storeStatus(tx, context.viewer, status)
      if (isOther && status.expiresAt) await endAt(context, tx, status.expiresAt)
      return isOther
    },
  })
}

/** In place of the end of one that was set before: what is due of one user is never more than this. */
async function endAt(
  { parts: { jobs }, viewer: { tenantId, userId } }: Context,
  tx: Transaction,
  at: Date,
): Promise<void> {
  await jobs.drop(endStatusKind, userId, { tx })
  await jobs.send(endStatusKind, { tenantId, userId }, { tx, at, id: userId })
}

/** What there is of it now. */
export function statusOf({ statusText: text, statusEmoji: emoji, statusExpiresAt: expiresAt }: User): Status | null {
  if (text === null && emoji === null) return null
  return expiresAt && expiresAt.getTime() <= Date.now() ? null : { text, emoji, expiresAt }
}
