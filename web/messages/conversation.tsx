/** One conversation: who is in it, what was said, and where to say something. */
import { useCallback, useState } from 'react'
import type { Message, User } from '../../client/index.ts'
import { useConversation, useMessages } from '../../client/react.ts'
import { type Draft, NEW_DRAFT } from '../composer/draft.ts'
import { titleOf } from '../conversations/title.ts'
import { AvoidDialog } from '../safety/avoid-dialog.tsx'
import { ReportDialog } from '../safety/report-dialog.tsx'
import type { Reported } from '../safety/reported.ts'
import { Announcer } from './announcer.tsx'
import { ConversationFoot } from './conversation-foot.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { MessageList } from './message-list.tsx'
import { Typing } from './typing.tsx'
import { useReading } from './use-reading.ts'

export function Conversation({ id }: { id: string }) {
  const conversation = useConversation(id)
  const open = useMessages(id)
  const [draft, setDraft] = useState<Draft>(NEW_DRAFT)
  const [deleting, setDeleting] = useState<Message | null>(null)
  const [reported, setReported] = useState<Reported | null>(null)
  const [avoiding, setAvoiding] = useState<User | null>(null)
  const report = useCallback((message: Message) => setReported({ message, user: message.author }), [])
  const newFrom = useReading(conversation, open)

  if (!conversation) return <main className="nothing-open">{open.isLoading ? 'Loading…' : <NotFound />}</main>
  return (
    <main className="conversation" aria-label={titleOf(conversation)}>
      <ConversationHeader
        conversation={conversation}
        onReport={(user) => setReported({ message: null, user })}
        onAvoid={setAvoiding}
      />
      <MessageList
        conversation={conversation}
        open={open}
        newFrom={newFrom}
        onDraft={setDraft}
        onDelete={setDeleting}
        onReport={report}
        onAvoid={setAvoiding}
      />
      <Typing id={id} />
      <ConversationFoot
        conversation={conversation}
        open={open}
        draft={draft}
        onDraft={setDraft}
        onReport={() => setReported({ message: conversation.lastMessage, user: conversation.peer })}
      />
      <DeleteDialog message={deleting} capabilities={conversation.capabilities} onClose={() => setDeleting(null)} />
      <ReportDialog reported={reported} onClose={() => setReported(null)} />
      <AvoidDialog user={avoiding} onClose={() => setAvoiding(null)} />
      <Announcer messages={open.messages} />
    </main>
  )
}

function NotFound() {
  return (
    <p>
      There is no such conversation, or you are not in it. <a href="#/">Back to the list</a>
    </p>
  )
}
