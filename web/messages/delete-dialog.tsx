import { type RefObject, useId } from 'react'

interface Props {
  ref: RefObject<HTMLDialogElement | null>
  isForEverybody: boolean
  onDelete: (scope: 'EVERYBODY' | 'ME') => void
}

/** Asks first: what is deleted does not come back. */
export function DeleteDialog({ ref, isForEverybody, onDelete }: Props) {
  const titleId = useId()
  const answer = (scope: 'EVERYBODY' | 'ME') => () => {
    ref.current?.close()
    onDelete(scope)
  }
  return (
    <dialog ref={ref} aria-labelledby={titleId} onKeyDown={(event) => event.stopPropagation()}>
      <h3 id={titleId}>Delete this message?</h3>
      <div className="dialog-buttons">
        <button type="button" onClick={() => ref.current?.close()}>
          Keep it
        </button>
        <button type="button" onClick={answer('ME')}>
          Delete for me
        </button>
        {isForEverybody && (
          <button type="button" className="danger" onClick={answer('EVERYBODY')}>
            Delete for everybody
          </button>
        )}
      </div>
    </dialog>
  )
}
