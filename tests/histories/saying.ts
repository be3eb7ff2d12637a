/** What is said: plain, as an answer, in a thread, to somebody or to everybody, silently, urgently. */
import type { Asked, Choice } from './asked.ts'

let sent = 0

const URGENCIES = [undefined, undefined, 'LOW', 'HIGH', 'URGENT']

type Saying = Asked & { input: { text: string; mentions?: object[] } }

export function say({ world, user, other, conversationId, message, choice }: Choice): Saying {
  const text = `@${other.n} and @all: ${choice}`
  const mentions = mentionsOf(other.id, choice)
  return {
    by: user,
    mutation: 'sendMessage',
    input: {
      conversationId,
      clientMessageId: `sent ${++sent}`,
      text,
      ...(mentions.length && { mentions }),
      ...(choice % 5 === 0 && message && { replyToId: message.id }),
      ...(choice % 7 === 0 && { silent: true }),
      urgency: URGENCIES[choice % URGENCIES.length],
    },
    fields: 'message { id threadRoot { id } author { id } }',
    note({ message: said }) {
      const { id, threadRoot, author } = said as { id: string; threadRoot?: { id: string }; author?: { id: string } }
      const by = world.users.find((each) => each.id === author?.id) ?? null
      world.messages.push({ id, conversationId, author: by, threadId: threadRoot?.id ?? null })
    },
  }
}

export function sayInThread(choice: Choice): Asked | null {
  const { root, world, conversationId } = choice
  if (!root) return null
  const { input, ...asked } = say(choice)
  return {
    ...asked,
    input: { ...input, threadId: root.id, alsoInConversation: choice.choice % 4 === 0 },
    note(payload) {
      asked.note?.(payload)
      // Where the author does not see the root, the answer does not tell of it.
      const said = world.messages.find(
        ({ id, conversationId: at }) => id === payload.message?.id && at === conversationId,
      )
      if (said) said.threadId = root.id
    },
  }
}

/** `@N and @all`: he, everybody, both, or most often nobody. */
function mentionsOf(userId: string, choice: number): object[] {
  const him = { kind: 'USER', userId, start: 0, length: 2 }
  const everybody = { kind: choice % 2 ? 'HERE' : 'ALL', start: 7, length: 4 }
  switch (choice % 9) {
    case 0:
    case 1:
      return [him]
    case 2:
      return [everybody]
    case 3:
      return [everybody, him]
    default:
      return []
  }
}
