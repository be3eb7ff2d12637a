/** What can be done to a message: seen when the pointer is over it, or the focus in it. */
import type { Message } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'
import { editOf, replyTo } from '../composer/draft.ts'
import { Ban, Bin, Flag, Pencil, Reply } from '../icons.tsx'
import type { RowEvents } from './row-events.ts'

const EMOJI = [
  ['👍', 'thumbs up'],
  ['❤️', 'heart'],
  ['😂', 'laughing'],
] as const

interface Props {
  message: Message
  capabilities: readonly string[]
  on: Pick<RowEvents, 'draft' | 'delete' | 'report' | 'avoid'>
}

export function MessageActions({ message, capabilities, on }: Props) {
  const chat = useChat()
  const { id, author, isOwn, reactions } = message
  if (!id) return null
  const has = (emoji: string) => reactions.some((reaction) => reaction.emoji === emoji && reaction.isOwn)
  return (
    <div className="actions" role="toolbar" aria-label="What can be done to this message">
      {capabilities.includes('REACT') &&
        EMOJI.map(([emoji, name]) => (
          <button
            key={emoji}
            type="button"
            aria-label={`React with ${name}`}
            onClick={() => (has(emoji) ? chat.unreact(id, emoji) : chat.react(id, emoji))}
          >
            {emoji}
          </button>
        ))}
      {capabilities.includes('POST') && (
        <button type="button" title="Reply" aria-label="Reply" onClick={() => on.draft(replyTo(message))}>
          <Reply />
        </button>
      )}
      {isOwn && (
        <button type="button" title="Edit" aria-label="Edit" onClick={() => on.draft(editOf(message))}>
          <Pencil />
        </button>
      )}
      {!isOwn && (
        <button type="button" title="Report" aria-label="Report" onClick={() => on.report(message)}>
          <Flag />
        </button>
      )}
      {!isOwn && author && (
        <button
          type="button"
          title={`Block or mute ${author.name}`}
          aria-label={`Block or mute ${author.name}`}
          onClick={() => on.avoid(author)}
        >
          <Ban />
        </button>
      )}
      <button type="button" title="Delete" aria-label="Delete" onClick={() => on.delete(message)}>
        <Bin />
      </button>
    </div>
  )
}
