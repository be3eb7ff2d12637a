/** What can be done to a message: seen when the pointer is over it, or the focus in it. */
import { useRef } from 'react'
import type { Message } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'
import { type Draft, editOf, replyTo } from '../composer/draft.ts'
import { Bin, Pencil, Reply } from '../icons.tsx'
import { DeleteDialog } from './delete-dialog.tsx'

const EMOJI = [
  ['👍', 'thumbs up'],
  ['❤️', 'heart'],
  ['😂', 'laughing'],
] as const

interface Props {
  message: Message
  capabilities: readonly string[]
  onDraft: (draft: Draft) => void
}

export function MessageActions({ message, capabilities, onDraft }: Props) {
  const chat = useChat()
  const dialog = useRef<HTMLDialogElement>(null)
  const { id, isOwn, reactions } = message
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
        <button type="button" title="Reply" aria-label="Reply" onClick={() => onDraft(replyTo(message))}>
          <Reply />
        </button>
      )}
      {isOwn && (
        <button type="button" title="Edit" aria-label="Edit" onClick={() => onDraft(editOf(message))}>
          <Pencil />
        </button>
      )}
      <button type="button" title="Delete" aria-label="Delete" onClick={() => dialog.current?.showModal()}>
        <Bin />
      </button>
      <DeleteDialog
        ref={dialog}
        isForEverybody={isOwn || capabilities.includes('DELETE_MESSAGES')}
        onDelete={(scope) => chat.delete(id, scope)}
      />
    </div>
  )
}
