/** The conversations of whoever is signed in, with what is unread. */
import { useMemo } from 'react'
import { useConversations, usePresence } from '../../client/react.ts'
import { Logo } from '../icons.tsx'
import { RequestList } from '../requests/request-list.tsx'
import { Account } from './account.tsx'
import { ConversationItem } from './conversation-item.tsx'

export function ConversationList({ openedId }: { openedId: string | null }) {
  const { conversations, hasMore, isLoading, loadMore } = useConversations()
  const peerIds = useMemo(() => conversations.flatMap(({ peer }) => peer?.id ?? []), [conversations])
  const presence = usePresence(peerIds)
  return (
    <nav className="sidebar" aria-label="Conversations">
      <header className="sidebar-head">
        <Logo />
        <h1>Parley</h1>
      </header>
      <div className="lists">
        <RequestList openedId={openedId} />
        <ul className="conversations" aria-busy={isLoading}>
          {conversations.map((conversation) => (
            <ConversationItem
              key={conversation.id}
              conversation={conversation}
              isOpen={conversation.id === openedId}
              presence={conversation.peer ? presence.get(conversation.peer.id)?.state : undefined}
            />
          ))}
          {hasMore && (
            <li>
              <button type="button" className="more" disabled={isLoading} onClick={() => void loadMore()}>
                Show more
              </button>
            </li>
          )}
        </ul>
        {conversations.length === 0 && (
          <p className="empty">{isLoading ? 'Loading…' : 'You are in no conversation yet.'}</p>
        )}
      </div>
      <Account />
    </nav>
  )
}
