/** What was said, from end to end of history: only what is in sight is in the page. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Conversation } from '../../client/index.ts'
import type { Draft } from '../composer/draft.ts'
import { titleOf } from '../conversations/title.ts'
import { ListEdge } from './list-edge.tsx'
import { MessageRow } from './message-row.tsx'
import { moveFocus } from './move-focus.ts'
import { ToNewest } from './to-newest.tsx'
import { useFoundMessage } from './use-found-message.ts'
import type { OpenMessages } from './use-reading.ts'

/** So many rows before the end of what is held the next page is asked for. */
const AHEAD = 8
const ROW_PX = 56

interface Props {
  conversation: Conversation
  open: OpenMessages
  newFrom: number | null
  onDraft: (draft: Draft) => void
}

export function MessageList({ conversation, open, newFrom, onDraft }: Props) {
  const { messages, hasOlder, hasNewer, isLoading, error, loadOlder, loadNewer, showNewest } = open
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => messages[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 80,
    overscan: 6,
    paddingStart: 12,
    paddingEnd: 8,
  })
  const shown = rows.getVirtualItems()
  const [first = 0, last = 0] = [shown[0]?.index, shown.at(-1)?.index]
  const [focused, setFocused] = useState<string | null>(null)
  const found = useFoundMessage(messages, rows)
  const newest = messages.at(-1)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to be at the end of.
  useLayoutEffect(() => rows.scrollToEnd(), [messages.length > 0])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what one has said oneself is looked at, wherever one was.
  useEffect(() => {
    if (newest?.isOwn && newest.state === 'pending') rows.scrollToEnd()
  }, [newest?.key])

  useEffect(() => {
    if (isLoading || error || messages.length === 0) return
    if (hasOlder && first < AHEAD) void loadOlder()
    if (hasNewer && last >= messages.length - AHEAD) void loadNewer()
  }, [first, last, messages.length, hasOlder, hasNewer, isLoading, error, loadOlder, loadNewer])

  async function showQuoted(id: string): Promise<void> {
    if (!messages.some((message) => message.id === id)) await open.showAround(id)
    found.look(id)
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
          {shown.map(({ key, index, start }) => {
            const message = messages[index]
            if (!message) return null
            return (
              <div
                key={key}
                className="row"
                data-index={index}
                ref={rows.measureElement}
                style={{ transform: `translateY(${start}px)` }}
              >
                <MessageRow
                  message={message}
                  previous={messages[index - 1]}
                  next={messages[index + 1]}
                  newFrom={newFrom}
                  isFound={message.id !== null && message.id === found.id}
                  isTabStop={focused ? focused === message.key : message === newest}
                  capabilities={conversation.capabilities}
                  onFocus={setFocused}
                  onDraft={onDraft}
                  onShow={showQuoted}
                />
              </div>
            )
          })}
        </div>
      </div>
      <ToNewest
        isAway={hasNewer || !rows.isAtEnd(240)}
        unread={conversation.unread.messages}
        onClick={() =>
          hasNewer ? void showNewest().then(() => rows.scrollToEnd()) : rows.scrollToEnd({ behavior: 'smooth' })
        }
      />
    </div>
  )
}
