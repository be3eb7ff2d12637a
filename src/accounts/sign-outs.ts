/** Who is signed out: of one token, or of all that were issued before. Read with the user whenever a token names him, and by revocations.ts for what is open. */
import type { Transaction } from '../db.ts'
import type { UserName, Uuid } from '../model.ts'

/** What a user's row tells of it. */
export interface SignOuts {
  signedOutAt: Date | null
  signedOutTokens: readonly string[]
}

/** A token that does not say when it was issued was issued before. */
export const isSignedOut = (
  { signedOutAt, signedOutTokens }: SignOuts,
  { issuedAt, tokenHash }: { issuedAt: Date; tokenHash: string },
): boolean => (signedOutAt !== null && issuedAt < signedOutAt) || signedOutTokens.includes(tokenHash)

/** The token with which it was opened, or renewed last. false: he has no such connection. */
export async function signOutConnection(
  tx: Transaction,
  { tenantId, userId }: UserName,
  connectionId: Uuid,
): Promise<boolean> {
  const found = await tx.$queryRaw<{ hash: string }[]>`
    with named as (select * from connection where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and id = ${connectionId}::uuid),
    stored as (
      insert into signed_out_token (tenant_id, user_id, token_hash, signed_out_at, expires_at)
      select tenant_id, user_id, token_hash, clock_timestamp(), token_expires_at + interval '1 minute' from named on conflict do nothing)
    select token_hash as hash from named`
  return found.length > 0
}

export async function signOutEverywhere(tx: Transaction, { tenantId, userId }: UserName): Promise<void> {
  await tx.$executeRaw`update "user" set signed_out_at = clock_timestamp() where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid`
}
