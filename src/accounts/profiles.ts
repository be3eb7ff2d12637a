/**
 * What a user says of himself, and whom he shows it: written in a change of his own stream. What he chose stays until the customer's back end says something
 * else than it said last; a token names him at first sight only.
 */
import type { Transaction } from '../db.ts'
import { jobKind, userIn } from '../jobs/kind.ts'
import type { Audience, UserName } from '../model.ts'

/** undefined leaves it as it is. */
export interface Profile {
  /** null: what the customer's back end calls him. */
  name?: string | null | undefined
  avatarUrl?: string | null | undefined
  bio?: string | null | undefined
}

export interface Status {
  text: string | null
  emoji: string | null
  expiresAt: Date | null
}

export interface Privacy {
  receipts?: boolean | undefined
  showsLastSeen?: boolean | undefined
  presenceTo?: Audience | undefined
  messagesFrom?: Audience | undefined
}

/** Each answers whether anything is another now. */
export async function setProfile(
  tx: Transaction,
  { tenantId, userId }: UserName,
  { name, avatarUrl, bio }: Profile,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update "user" u set name = n.name, avatar_url = n.avatar_url, bio = n.bio, updated_at = now()
    from (
      select case when ${name !== undefined} then coalesce(${name ?? null}::text, given_name, name) else name end as name,
        case when ${avatarUrl !== undefined} then ${avatarUrl ?? null}::text else avatar_url end as avatar_url,
        case when ${bio !== undefined} then ${bio ?? null}::text else bio end as bio
      from "user" where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid) n
    where u.tenant_id = ${tenantId}::uuid and u.id = ${userId}::uuid and (u.name, u.avatar_url, u.bio) is distinct from (n.name, n.avatar_url, n.bio)`
  return changed > 0
}

export async function setStatus(
  tx: Transaction,
  { tenantId, userId }: UserName,
  { text, emoji, expiresAt }: Status,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update "user" set status_text = ${text}::text, status_emoji = ${emoji}::text, status_expires_at = ${expiresAt}::timestamptz, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid
      and (status_text, status_emoji, status_expires_at) is distinct from (${text}::text, ${emoji}::text, ${expiresAt}::timestamptz)`
  return changed > 0
}

/** Due when a status is over: of one user there is one, with his id, for the status that he set last. */
export const endStatusKind = jobKind<UserName>({
  name: 'end-status',
  parse: userIn,
})

/** Answers whether there was one that is over. */
export async function endStatus(tx: Transaction, { tenantId, userId }: UserName): Promise<boolean> {
  const ended = await tx.$executeRaw`
    update "user" set status_text = null, status_emoji = null, status_expires_at = null, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid and status_expires_at <= now()`
  return ended > 0
}

export async function setPrivacy(
  tx: Transaction,
  { tenantId, userId }: UserName,
  { receipts, showsLastSeen, presenceTo, messagesFrom }: Privacy,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update "user" u set receipts = n.receipts, shows_last_seen = n.shows_last_seen, presence_to = n.presence_to, messages_from = n.messages_from
    from (
      select coalesce(${receipts ?? null}::boolean, receipts) as receipts, coalesce(${showsLastSeen ?? null}::boolean, shows_last_seen) as shows_last_seen,
        coalesce(${presenceTo ?? null}::text, presence_to) as presence_to, coalesce(${messagesFrom ?? null}::text, messages_from) as messages_from
      from "user" where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid) n
    where u.tenant_id = ${tenantId}::uuid and u.id = ${userId}::uuid
      and (u.receipts, u.shows_last_seen, u.presence_to, u.messages_from) is distinct from (n.receipts, n.shows_last_seen, n.presence_to, n.messages_from)`
  return changed > 0
}
