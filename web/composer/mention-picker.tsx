import { Avatar } from '../avatar.tsx'
import type { MentionPicking } from './use-mention-picker.ts'

export function MentionPicker({ listId, options, active, pick }: MentionPicking) {
  if (options.length === 0) return null
  return (
    <div className="mention-picker" id={listId} role="listbox" aria-label="Who is mentioned">
      {options.map((option, index) => (
        // The keys are the field's, which keeps the focus.
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={option.label}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault()
            pick(option)
          }}
        >
          <Avatar id={option.userId ?? 'all'} name={option.label.slice(1)} size="small" />
          {option.kind === 'ALL' ? 'all, everybody here' : option.label.slice(1)}
        </div>
      ))}
    </div>
  )
}
