/** Who the token names. */
import type { Context } from '../context.ts'
import type { User } from '../model.ts'

export interface Viewer {
  user: User
  tokenExpiresAt: Date
}

export async function viewer({ viewer: { userId, expiresAt }, loaders }: Context): Promise<Viewer> {
  const user = await loaders.user.load(userId)
  if (!user) throw new Error('the viewer is not stored')
  return { user, tokenExpiresAt: expiresAt }
}
