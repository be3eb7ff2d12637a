/** Sets how the viewer is called and shown. */
import { setProfile } from '../accounts/profiles.ts'
import type { Context } from '../context.ts'
import { neutralName } from '../lib/names.ts'
import { assertText } from '../messages/draft.ts'
import type { User } from '../model.ts'
import { changeAccount } from './change-account.ts'
import type { Repeatable } from './idempotent.ts'

interface Input extends Repeatable {
  name?: string | null
  avatarUrl?: URL | null
  bio?: string | null
}

/** What is not given stays as it is. */
export async function updateProfile(context: Context, input: Input): Promise<{ user: User }> {
  const { name, avatarUrl, bio } = input
  const limits = await context.limits()
  if (name != null) {
    assertText(name, 'input.name', limits, 'userNameLength')
    assertText(neutralName(name), 'input.name', limits, 'userNameLength')
  }
  if (bio != null) assertText(bio, 'input.bio', limits, 'bioLength')
  return changeAccount(context, input, {
    mutation: 'updateProfile',
    part: 'PROFILE',
    write: (tx) =>
      setProfile(tx, context.viewer, {
        name: name == null ? name : neutralName(name),
        avatarUrl: avatarUrl == null ? avatarUrl : avatarUrl.href,
        bio,
      }),
  })
}
