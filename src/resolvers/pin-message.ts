/** Keeps a message at hand for all members, or no longer. */
import type { Context } from '../context.ts'
import { pin, unpin } from '../messages/pins.ts'
import type { Message } from '../model.ts'
import { changeMessage, type MessageInput } from './change-message.ts'

export const pinMessage = (context: Context, input: MessageInput): Promise<{ message: Message }> =>
  changeMessage(context, {
    mutation: 'pinMessage',
    input,
    capability: 'PIN',
    work: (changing, message, limits) => pin(changing, message, context.viewer.userId, limits),
  })

export const unpinMessage = (context: Context, input: MessageInput): Promise<{ message: Message }> =>
  changeMessage(context, {
    mutation: 'unpinMessage',
    input,
    capability: 'PIN',
    work: (changing, message) => unpin(changing, message),
  })
