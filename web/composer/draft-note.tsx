/** Above the field: to what is answered, or what is said anew. */
import { Cross, Pencil, Reply } from '../icons.tsx'
import type { Draft } from './draft.ts'

export function DraftNote({ draft, onCancel }: { draft: Draft; onCancel: () => void }) {
  if (draft.kind === 'new') return null
  const { author, text } = draft.message
  return (
    <div className="draft-note">
      {draft.kind === 'edit' ? <Pencil /> : <Reply />}
      <p>
        <b>{draft.kind === 'edit' ? 'Edit' : `Reply to ${author?.name ?? 'System'}`}</b>
        <span>{text}</span>
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label={draft.kind === 'edit' ? 'Do not edit' : 'Do not reply'}
        onClick={onCancel}
      >
        <Cross />
      </button>
    </div>
  )
}
