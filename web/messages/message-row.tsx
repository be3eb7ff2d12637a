/** A message among its neighbours: the day begins, the unread begins, somebody goes on speaking. */
import { memo, useState } from 'react'
import type { Message } from '../../client/index.ts'
import { Avatar, colourOf } from '../avatar.tsx'
import { CollapsedText } from '../safety/collapsed-text.tsx'
import { dayOf, fullTimeOf, isSameDay, timeOf } from '../times.ts'
import { MessageActions } from './message-actions.tsx'
import { NotSent, Pending } from './message-state.tsx'
import { MessageText } from './message-text.tsx'
import { QuotedMessage } from './quoted-message.tsx'
import { Reactions } from './reactions.tsx'
import type { RowEvents } from './row-events.ts'

/** Who goes on speaking within this time is not named again. */
const SAME_BREATH_MS = 5 * 60_000

interface Props {
  message: Message
  previous: Message | undefined
  next: Message | undefined
  newFrom: number | null
  isFound: boolean
  isTabStop: boolean
  capabilities: readonly string[]
  on: RowEvents
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, previous, next, newFrom, isFound, isTabStop, capabilities, on } = props
  const { key, author, isOwn, createdAt, editedAt, deletedAt, replyTo, seq, state, text } = message
  const [isShown, setIsShown] = useState(false)
  const isCollapsed = message.isCollapsed && !isShown && !deletedAt
  const name = author?.name ?? 'System'
  const beginsDay = !previous || !isSameDay(previous.createdAt, createdAt)
  const beginsNew = newFrom !== null && seq !== null && seq > newFrom && (previous?.seq ?? 0) <= newFrom && !isOwn
  const begins = beginsDay || beginsNew || !isOneBreath(previous, message)
  const ends = !next || !isOneBreath(message, next) || !isSameDay(createdAt, next.createdAt)
  return (
    <>
      {beginsDay && <p className="divider">{dayOf(createdAt)}</p>}
      {beginsNew && <p className="divider divider-new">New</p>}
      <article
        className="message"
        data-own={isOwn}
        data-begins={begins}
        data-ends={ends}
        data-state={state}
        data-found={isFound}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={`${isOwn ? 'You' : name}: ${deletedAt ? 'deleted' : isCollapsed ? 'collapsed' : text}, ${fullTimeOf(createdAt)}`}
        aria-posinset={seq ?? undefined}
        aria-setsize={-1}
        onFocus={() => on.focus(key)}
      >
        {!isOwn &&
          (ends ? <Avatar id={author?.id ?? ''} name={name} url={author?.avatarUrl} size="small" /> : <span />)}
        <div className="bubble">
          {begins && !isOwn && (
            <p className="author" data-colour={colourOf(author?.id ?? '')}>
              {name}
            </p>
          )}
          {replyTo && !isCollapsed && <QuotedMessage quote={replyTo} onShow={on.show} />}
          {isCollapsed && <CollapsedText author={author} onShow={() => setIsShown(true)} />}
          {deletedAt && <p className="deleted">This message was deleted</p>}
          {!isCollapsed && !deletedAt && <MessageText message={message} />}
          <p className="meta">
            {editedAt && !deletedAt && <span>edited</span>}
            <time dateTime={createdAt} title={fullTimeOf(createdAt)}>
              {timeOf(createdAt)}
            </time>
            {state === 'pending' && <Pending />}
          </p>
        </div>
        {state === 'failed' && <NotSent message={message} />}
        <Reactions message={message} />
        {!deletedAt && <MessageActions message={message} capabilities={capabilities} on={on} />}
      </article>
    </>
  )
})

function isOneBreath(earlier: Message | undefined, later: Message): boolean {
  return (
    earlier !== undefined &&
    earlier.author?.id === later.author?.id &&
    Date.parse(later.createdAt) - Date.parse(earlier.createdAt) < SAME_BREATH_MS
  )
}
