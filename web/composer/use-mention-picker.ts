/** Names that fit what stands behind the @ before the caret, and the keys to choose one. */
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { Conversation } from '../../client/index.ts'
import { useMembers } from '../../client/react.ts'
import { candidates, mentionAt, type Picked } from './mentions.ts'

interface Options {
  conversation: Conversation
  text: string
  field: RefObject<HTMLTextAreaElement | null>
  onPick: (mention: Picked, start: number, end: number) => void
}

const EVERYBODY: Picked[] = [{ kind: 'ALL', userId: null, label: '@all' }]

export type MentionPicking = ReturnType<typeof useMentionPicker>

export function useMentionPicker({ conversation, text, field, onPick }: Options) {
  const listId = useId()
  const { members } = useMembers(conversation.id)
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const at = mentionAt(text, caret)
  const others = conversation.capabilities.includes('MENTION_ALL') ? EVERYBODY : []
  const options = at && at.start !== dismissed ? candidates(at.query, members, others) : []
  const active = Math.min(chosen, options.length - 1)

  const look = () => {
    setCaret(field.current?.selectionEnd ?? 0)
    setChosen(0)
  }
  const pick = (mention: Picked | undefined) => mention && at && onPick(mention, at.start, caret)

  /** Whether the key was meant for the list. */
  function press(event: KeyboardEvent): boolean {
    if (options.length === 0) return false
    if (event.key === 'ArrowDown') setChosen((active + 1) % options.length)
    else if (event.key === 'ArrowUp') setChosen((active + options.length - 1) % options.length)
    else if (event.key === 'Escape') setDismissed(at?.start ?? null)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(options[active])
    else return false
    event.preventDefault()
    return true
  }

  const isOpen = options.length > 0
  // Of a text field of more than one line, which may not be called a combobox.
  const aria = {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': isOpen ? listId : undefined,
    'aria-activedescendant': isOpen ? `${listId}-${active}` : undefined,
  } as const
  return { listId, options, active, pick, press, look, aria }
}
