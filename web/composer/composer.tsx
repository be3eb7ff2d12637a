/** Where one writes. Enter sends, Shift+Enter begins a line, @ mentions, ↑ in an empty one edits what one said last. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Conversation } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'
import { Send } from '../icons.tsx'
import type { OpenMessages } from '../messages/use-reading.ts'
import { type Draft, editOf, NEW_DRAFT, pickedIn } from './draft.ts'
import { DraftNote } from './draft-note.tsx'
import { MentionPicker } from './mention-picker.tsx'
import { mentionsIn, type Picked } from './mentions.ts'
import { useMentionPicker } from './use-mention-picker.ts'

interface Props {
  conversation: Conversation
  open: OpenMessages
  draft: Draft
  onDraft: (draft: Draft) => void
}

export function Composer({ conversation, open, draft, onDraft }: Props) {
  const chat = useChat()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(draft.kind === 'edit' ? draft.message.text : '')
  const [picked, setPicked] = useState<readonly Picked[]>(() => pickedIn(draft))
  const picker = useMentionPicker({ conversation, text, field, onPick: insert })

  useEffect(() => {
    if (draft.kind !== 'new') field.current?.focus()
  }, [draft])

  function insert(mention: Picked, start: number, end: number): void {
    setPicked([...picked, mention])
    setText(`${text.slice(0, start)}${mention.label} ${text.slice(end)}`)
    field.current?.focus()
  }

  function submit(): void {
    const body = text.trim()
    if (body === '') return
    const message = { text: body, mentions: mentionsIn(body, picked) }
    if (draft.kind === 'edit') chat.edit(draft.message.id ?? '', message)
    else open.send(draft.kind === 'reply' && draft.message.id ? { ...message, replyToId: draft.message.id } : message)
    open.setTyping(false)
    setText('')
    setPicked([])
    onDraft(NEW_DRAFT)
  }

  function press(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing || picker.press(event)) return
    const last =
      event.key === 'ArrowUp' &&
      text === '' &&
      open.messages.findLast(({ isOwn, id, deletedAt }) => isOwn && id && !deletedAt)
    if (event.key === 'Enter' && !event.shiftKey) submit()
    else if (event.key === 'Escape' && draft.kind !== 'new') onDraft(NEW_DRAFT)
    else if (last) onDraft(editOf(last))
    else return
    event.preventDefault()
  }

  if (!conversation.capabilities.includes('POST'))
    return <p className="composer composer-closed">You can read here, but not write.</p>
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <DraftNote draft={draft} onCancel={() => onDraft(NEW_DRAFT)} />
      <MentionPicker {...picker} />
      <textarea
        ref={field}
        rows={1}
        value={text}
        placeholder="Message"
        aria-label={draft.kind === 'edit' ? 'Say it anew' : 'Message'}
        enterKeyHint="send"
        {...picker.aria}
        onChange={(event) => {
          setText(event.target.value)
          if (draft.kind !== 'edit') open.setTyping(event.target.value !== '')
        }}
        onSelect={picker.look}
        onKeyDown={press}
      />
      <button
        type="submit"
        className="send"
        aria-label={draft.kind === 'edit' ? 'Save' : 'Send'}
        disabled={text.trim() === ''}
      >
        <Send />
      </button>
    </form>
  )
}
