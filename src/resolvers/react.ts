/** Adds a reaction to a message, or takes one's own away. Repeating either changes nothing. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { oneEmoji } from '../lib/emoji.ts'
import { react, unreact } from '../messages/reactions.ts'
import type { Message } from '../model.ts'
import { changeMessage, type MessageInput } from './change-message.ts'

type Input = MessageInput & { emoji: string }

export async function addReaction(context: Context, input: Input): Promise<{ message: Message }> {
  const own = { userId: context.viewer.userId, emoji: emojiOf(input) }
  return changeMessage(context, {
    mutation: 'addReaction',
    input,
    capability: 'REACT',
    work: (changing, message, limits) => react(changing, message, own, limits),
  })
}

export async function removeReaction(context: Context, input: Input): Promise<{ message: Message }> {
  const own = { userId: context.viewer.userId, emoji: emojiOf(input) }
  return changeMessage(context, {
    mutation: 'removeReaction',
    input,
    capability: 'REACT',
    work: (changing, message) => unreact(changing, message, own),
  })
}

function emojiOf({ emoji }: Input): string {
  const one = oneEmoji(emoji)
  if (!one)
    throw new ChatError('INVALID_INPUT', { message: 'input.emoji must be exactly one emoji', path: 'input.emoji' })
  return one
}
