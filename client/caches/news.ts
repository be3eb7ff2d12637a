/** What an event changes in the lists of messages that a cache holds. */

/** As much of an event as is looked at, where it was selected. */
export interface Told {
  __typename?: string
  conversation?: { id?: string } | null
  message?: { id?: string; inThread?: boolean; alsoInConversation?: boolean } | null
  messageId?: string
}

export type News =
  | { kind: 'said'; conversationId: string; messageId: string }
  | { kind: 'hidden'; messageId: string }
  /** What is held may end before what is heard: to be read again. Of all conversations where it is null. */
  | { kind: 'unsure'; conversationId: string | null }

/** Of what a subscription brings; null: nothing. `conversationId`: of the subscription, null for the feed. `isFirst`: of one that goes on after nothing. */
export function newsOf(event: Told | null | undefined, conversationId: string | null, isFirst: boolean): News | null {
  const { __typename, conversation, message, messageId } = event ?? {}
  if (__typename === 'ResyncRequired' || (__typename === 'Subscribed' && isFirst))
    return { kind: 'unsure', conversationId }
  if (__typename === 'MessageHidden' && messageId) return { kind: 'hidden', messageId }
  const of = conversation?.id ?? conversationId
  if (__typename !== 'MessageSent' || !message?.id || !of) return null
  const isInThreadAlone = message.inThread === true && message.alsoInConversation !== true
  return isInThreadAlone ? null : { kind: 'said', conversationId: of, messageId: message.id }
}
