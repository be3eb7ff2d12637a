/** Above the conversations: what strangers have said and nobody has answered. */
import { useId } from 'react'
import { useContactRequests } from '../../client/react.ts'
import { ConversationItem } from '../conversations/conversation-item.tsx'

export function RequestList({ openedId }: { openedId: string | null }) {
  const { conversations, hasMore, isLoading, loadMore } = useContactRequests()
  const titleId = useId()
  if (conversations.length === 0) return null
  return (
    <section className="requests" aria-labelledby={titleId}>
      <h2 id={titleId}>
        Requests{' '}
        <span className="badge">
          {conversations.length}
          {hasMore && '+'}
        </span>
      </h2>
      <ul>
        {conversations.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            isOpen={conversation.id === openedId}
            presence={undefined}
          />
        ))}
        {hasMore && (
          <li>
            <button type="button" className="more" disabled={isLoading} onClick={() => void loadMore()}>
              Show more requests
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}
