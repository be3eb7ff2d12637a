/** Whether an event was given before: by conversation and seq, across cuts and sockets. */

/** As much of an event as is looked at; `__typename` and what tells the conversation only where it was selected. */
export interface Numbered {
  __typename?: string
  cursor?: string
  seq?: number
  conversation?: { id?: string } | null
}

const OWN_LOG: ReadonlySet<string> = new Set([
  'ContactDeclined',
  'ConversationJoined',
  'ConversationLeft',
  'MembershipUpdated',
  'MessageHidden',
  'ReadMarked',
  'ThreadFollowed',
])

/** Whether its seq is of the reader's own log, though it may name a conversation. */
export const isOfOwnLog = (typename: string): boolean => OWN_LOG.has(typename)

export interface Once {
  isNew(event: Numbered): boolean
  /** What came before does not count any more: the server's past is another one. */
  forget(): void
}

/** `isOfOne`: the subscription is of a single conversation. What cannot be told apart is let through. */
export function once(isOfOne: boolean): Once {
  const newest = new Map<string, number>()
  return {
    isNew({ __typename = '', seq, conversation }) {
      const stream = isOfOne ? 'one' : isOfOwnLog(__typename) ? 'own' : conversation?.id
      if (seq === undefined || stream === undefined) return true
      if (seq <= (newest.get(stream) ?? -1)) return false
      newest.set(stream, seq)
      return true
    },
    forget: () => newest.clear(),
  }
}
