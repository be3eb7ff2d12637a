/** What a member may see who sees a conversation from some seq on only: no message from before, and no reply that shows one. */
import type { Message, Uuid } from '../model.ts'

type Lookup = (id: Uuid) => Promise<Message | null>

export async function visibleMessages(lookup: Lookup, messages: readonly Message[], from: number): Promise<Message[]> {
  if (from <= 1) return [...messages]
  return Promise.all(
    messages.filter(({ seq }) => seq >= from).map((message) => withoutHiddenReply(lookup, message, from)),
  )
}

export async function withoutHiddenReply(lookup: Lookup, message: Message, from: number): Promise<Message> {
  if (from <= 1 || message.replyToId === null) return message
  const target = await lookup(message.replyToId)
  return target && target.seq >= from ? message : { ...message, replyToId: null }
}
