/** A reader of the feed beside the kit's own store: given nothing twice, and nothing too few, whatever becomes of the sockets. */
import type { Chat } from '../../client/api.ts'
import { FeedDocument, type FeedSubscription } from '../../client/generated/graphql.ts'
import { isOfOwnLog } from '../../client/once.ts'

export function witness(chat: Chat, user: string, breach: (why: string) => void): void {
  const newest = new Map<string, number>()

  function hear(event: FeedSubscription['feed']): void {
    if (event.__typename === 'ResyncRequired') newest.clear()
    if (!('seq' in event)) return
    const stream = isOfOwnLog(event.__typename) || !('conversation' in event) ? 'his own log' : event.conversation.id
    const last = newest.get(stream)
    newest.set(stream, event.seq)
    if (last === undefined) return
    if (event.seq <= last) breach(`${user} was given #${event.seq} of ${stream} after #${last}`)
    // What was said while he was away is not for him.
    const hasComeBack = event.__typename === 'MemberJoined' && event.user.id === user
    if (event.seq > last + 1 && !hasComeBack)
      breach(`${user} was not given what stands between #${last} and #${event.seq} of ${stream}`)
  }

  chat.subscribe<FeedSubscription>(
    { query: String(FeedDocument), variables: {} },
    {
      next: ({ data }) => data && hear(data.feed),
      error: ({ code }) => breach(`the feed of ${user} ended: ${code}`),
      complete: () => breach(`the feed of ${user} ended`),
    },
  )
}
