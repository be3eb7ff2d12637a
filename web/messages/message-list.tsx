/** What was said, from end to end of history. */
import { useMemo, useState } from 'react'
import type { Conversation, Message, User } from '../../client/index.ts'
import type { Draft } from '../composer/draft.ts'
import { titleOf } from '../conversations/title.ts'
import { ListEdge } from './list-edge.tsx'
import { MessageRow } from './message-row.tsx'
import { moveFocus } from './move-focus.ts'
import { ToNewest } from './to-newest.tsx'
import { useFoundMessage } from './use-found-message.ts'
import type { OpenMessages } from './use-reading.ts'
import { useRows } from './use-rows.ts'

/** So far from the end it is worth a button to go there. */
const AWAY_PX = 240

interface Props {
  conversation: Conversation
  open: OpenMessages
  newFrom: number | null
  onDraft: (draft: Draft) => void
  onDelete: (message: Message) => void
  onReport: (message: Message) => void
  onAvoid: (user: User) => void
}

export function MessageList({ conversation, open, newFrom, onDraft, onDelete, onReport, onAvoid }: Props) {
  const { messages, hasNewer, isLoading, showAround, showNewest } = open
  const { scroller, rows, inPage } = useRows(open)
  // A reply to a stranger would accept him unasked.
  const capabilities = useMemo(() => mayDo(conversation), [conversation])
  const [focused, setFocused] = useState<string | null>(null)
  const found = useFoundMessage({ messages, rows, showAround })
  const on = useMemo(
    () => ({ draft: onDraft, delete: onDelete, report: onReport, avoid: onAvoid, focus: setFocused, show: found.show }),
    [onDraft, onDelete, onReport, onAvoid, found.show],
  )

  async function toNewest(): Promise<void> {
    if (hasNewer) await showNewest()
    rows.scrollToEnd({ behavior: hasNewer ? 'auto' : 'smooth' })
  }

  return (
    <div className="messages">
      <ListEdge open={open} />
      <div
        ref={scroller}
        className="scroller"
        role="feed"
        aria-label={`Messages in ${titleOf(conversation)}`}
        aria-busy={isLoading}
        onKeyDown={(event) => moveFocus(event, rows)}
      >
        <div className="rows" style={{ height: rows.getTotalSize() }}>
          {inPage.map(({ key, index, start }) => {
            const message = messages[index]
            if (!message) return null
            const style = { transform: `translateY(${start}px)` }
            return (
              <div key={key} className="row" data-index={index} ref={rows.measureElement} style={style}>
                <MessageRow
                  message={message}
                  previous={messages[index - 1]}
                  next={messages[index + 1]}
                  newFrom={newFrom}
                  isFound={message.id !== null && message.id === found.id}
                  isTabStop={focused ? focused === message.key : index === messages.length - 1}
                  capabilities={capabilities}
                  on={on}
                />
              </div>
            )
          })}
        </div>
      </div>
      <ToNewest
        isAway={hasNewer || !rows.isAtEnd(AWAY_PX)}
        unread={conversation.unread.messages}
        onClick={() => void toNewest()}
      />
    </div>
  )
}

const mayDo = ({ isRequest, capabilities }: Conversation) =>
  isRequest ? capabilities.filter((capability) => capability !== 'POST') : capabilities
