/** The list of conversations, and one of them beside it; on a phone one or the other. */
import { useEffect } from 'react'
import { useUnread } from '../client/react.ts'
import { useOpenedId } from './address.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { ConversationList } from './conversations/conversation-list.tsx'
import { Conversation } from './messages/conversation.tsx'

export function App() {
  const openedId = useOpenedId()
  useUnreadInTitle()
  return (
    <div className="app" data-shows={openedId ? 'conversation' : 'list'}>
      <ConnectionBanner />
      <ConversationList openedId={openedId} />
      {openedId ? <Conversation key={openedId} id={openedId} /> : <NothingOpen />}
    </div>
  )
}

function NothingOpen() {
  return (
    <main className="nothing-open">
      <p>Choose a conversation</p>
    </main>
  )
}

function useUnreadInTitle(): void {
  const { messages } = useUnread()
  useEffect(() => {
    document.title = messages > 0 ? `(${messages}) Parley` : 'Parley'
  }, [messages])
}
