/** One open conversation for all who show it at the same time; it is closed when the last of them has gone. */
import type { Chat, OpenConversation } from './api.ts'
import { type Readable, writable } from './readable.ts'

const shared = new WeakMap<Chat, Map<string, Readable<OpenConversation | null>>>()

/** null until somebody listens. */
export function share(chat: Chat, id: string): Readable<OpenConversation | null> {
  const ofChat = shared.get(chat) ?? new Map<string, Readable<OpenConversation | null>>()
  shared.set(chat, ofChat)
  const known = ofChat.get(id)
  if (known) return known
  const open = writable<OpenConversation | null>(null, () => {
    const own = chat.open(id)
    ofChat.set(id, open)
    open.set(own)
    return () => {
      own.close()
      open.set(null)
      ofChat.delete(id)
    }
  })
  ofChat.set(id, open)
  return open
}
