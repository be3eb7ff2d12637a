import { memo } from 'react'
import type { Conversation, PresenceState } from '../../client/index.ts'
import { linkTo } from '../address.ts'
import { Avatar } from '../avatar.tsx'
import { shortTimeOf } from '../times.ts'
import { titleOf } from './title.ts'

interface Props {
  conversation: Conversation
  isOpen: boolean
  presence: PresenceState | undefined
}

export const ConversationItem = memo(function ConversationItem({ conversation, isOpen, presence }: Props) {
  const { id, avatarUrl, peer, lastMessage, unread, isRequest } = conversation
  const title = titleOf(conversation)
  return (
    <li>
      <a className="conversation-item" href={linkTo(id)} aria-current={isOpen ? 'page' : undefined}>
        <Avatar id={peer?.id ?? id} name={title} url={avatarUrl ?? peer?.avatarUrl} presence={presence} />
        <span className="conversation-title">{title}</span>
        {lastMessage && <time dateTime={lastMessage.createdAt}>{shortTimeOf(lastMessage.createdAt)}</time>}
        <span className="conversation-last">{lastLineOf(conversation)}</span>
        {isRequest ? <span className="tag">Request</span> : <UnreadBadge {...unread} />}
      </a>
    </li>
  )
})

function UnreadBadge({ messages, mentions }: Conversation['unread']) {
  if (messages === 0) return null
  const shown = messages > 99 ? '99+' : messages
  return (
    <span className="badge" data-mentions={mentions > 0}>
      <span aria-hidden="true">{mentions > 0 ? `@ ${shown}` : shown}</span>
      <span className="unseen">
        , {messages} unread{mentions > 0 && `, you are mentioned`}
      </span>
    </span>
  )
}

function lastLineOf({ kind, lastMessage }: Conversation): string {
  if (!lastMessage) return 'Nothing was said yet'
  const { author, isOwn, text, deletedAt, isCollapsed } = lastMessage
  if (deletedAt) return 'A message was deleted'
  if (isCollapsed) return 'Message of somebody you blocked or muted'
  if (isOwn) return `You: ${text}`
  return kind === 'DIRECT' || !author ? text : `${author.name}: ${text}`
}
