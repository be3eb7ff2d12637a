/** What is reported in a conversation of the subject's own: he is shown nothing of what was hidden there, and nobody anything of who reported what. */
import type { Actor } from '../actor.ts'
import { mutate } from '../mutate.ts'
import { upload } from '../upload.ts'
import type { OwnWorld } from './own-world.ts'
import type { Secrets } from './secrets.ts'

export const REPORTED = 'of what was reported'

/** By somebody who is there besides the two of them. */
export async function reportIn(
  { backEnd, friend, conversation, ids }: OwnWorld,
  { reporter, secrets }: { reporter: Actor; secrets: Secrets },
): Promise<void> {
  await mutate(backEnd, 'changeMembers', { conversationId: conversation, add: [{ userId: reporter.id }] })
  const word = (what: string) => secrets.word(REPORTED, what)
  const file = await upload(friend, { name: `${word('the name of a file')}.txt`, content: 'hidden' })
  const more = { metadata: { note: word('metadata of a message') }, attachmentIds: [file] }
  const { id: messageId } = await friend.send(conversation, word('a text'), more)
  await mutate(friend, 'editMessage', { messageId, text: word('a text') })
  await friend.send(conversation, 'as I said', { replyToId: messageId })
  await friend.send(conversation, 'in its thread', { threadId: messageId })
  await mutate(friend, 'pinMessage', { messageId })
  const asked = [
    ['reportMessage', { messageId, reason: 'CHILD_SAFETY' }],
    ['reportMessage', { messageId: ids.message, reason: 'HATE' }],
    ['reportUser', { userId: ids.user, reason: 'SCAM' }],
    ['reportUser', { userId: ids.userMember, reason: 'CHILD_SAFETY' }],
  ] as const
  for (const [name, input] of asked) {
    const { __typename } = await mutate(reporter, name, { ...input, comment: word('a comment') })
    if (!__typename.endsWith('Payload')) throw new Error(`${name} was answered with ${__typename}`)
  }
}
