import { useEffect, useId, useRef } from 'react'
import type { Message } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'

interface Props {
  /** Whether it may be is asked while there is one. */
  message: Message | null
  capabilities: readonly string[]
  onClose: () => void
}

/** Asks first: what is deleted does not come back. */
export function DeleteDialog({ message, capabilities, onClose }: Props) {
  const chat = useChat()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    if (message) dialog.current?.showModal()
  }, [message])

  function answer(scope: 'EVERYBODY' | 'ME'): void {
    if (message?.id) chat.delete(message.id, scope)
    dialog.current?.close()
  }

  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h3 id={titleId}>Delete this message?</h3>
      <p className="dialog-text">{message?.text}</p>
      <div className="dialog-buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          Keep it
        </button>
        <button type="button" onClick={() => answer('ME')}>
          Delete for me
        </button>
        {(message?.isOwn || capabilities.includes('DELETE_MESSAGES')) && (
          <button type="button" className="danger" onClick={() => answer('EVERYBODY')}>
            Delete for everybody
          </button>
        )}
      </div>
    </dialog>
  )
}
