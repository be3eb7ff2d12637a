/** What is put into a conversation: by its owner, through the API, with a word of its own in every place. */
import type { Actor } from '../actor.ts'
import { mutate } from '../mutate.ts'
import { upload } from '../upload.ts'

export interface Furnished {
  messages: [first: string, answer: string, answerToTheAnswer: string]
  invite: string
  inviteCode: string
}

/** `word` is asked for each text and told what it will be. */
export async function furnish(
  owner: Actor,
  conversationId: string,
  word: (what: string) => string,
): Promise<Furnished> {
  await mutate(owner, 'updateConversation', {
    conversationId,
    title: word('a title'),
    topic: word('a topic'),
    avatarUrl: `https://example.com/${word('an avatar').split(' ')[1]}`,
    metadata: { note: word('metadata of a conversation') },
  })
  const file = await upload(owner, { name: `${word('the name of a file')}.txt`, content: 'what is in it' })
  const first = await say(owner, conversationId, word, {})
  const answer = await say(owner, conversationId, word, { replyToId: first })
  const messages: Furnished['messages'] = [
    first,
    answer,
    await say(owner, conversationId, word, { replyToId: answer, attachmentIds: [file] }),
  ]
  return { messages, ...(await makeInvite(owner, conversationId)) }
}

export async function makeInvite(
  owner: Actor,
  conversationId: string,
): Promise<Pick<Furnished, 'invite' | 'inviteCode'>> {
  const made = await mutate(owner, 'createInvite', { conversationId }, 'inviteCode invite { id }')
  const { invite, inviteCode } = made as unknown as { invite: { id: string }; inviteCode: string }
  return { invite: invite.id, inviteCode }
}

async function say(
  owner: Actor,
  conversationId: string,
  word: (what: string) => string,
  named: { replyToId?: string; attachmentIds?: string[] },
) {
  const more = { clientMessageId: word('a client’s id'), metadata: { note: word('metadata of a message') }, ...named }
  return (await owner.send(conversationId, word('a text'), more)).id
}
