/** To block or mute somebody, and to take it back: what each means stands beside it. */
import { useEffect, useId, useRef } from 'react'
import type { User } from '../../client/index.ts'
import { useAvoided, useChat } from '../../client/react.ts'
import { useAction } from '../use-action.ts'

interface Props {
  /** Whom; nobody is asked about while it is null. */
  user: User | null
  onClose: () => void
}

export function AvoidDialog({ user, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    if (user) dialog.current?.showModal()
  }, [user])
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h3 id={titleId}>Block or mute {user?.name}</h3>
      {user && <Choices user={user} close={() => dialog.current?.close()} />}
    </dialog>
  )
}

function Choices({ user, close }: { user: User; close: () => void }) {
  const chat = useChat()
  const { blocked, muted } = useAvoided()
  const { isRunning, error, run } = useAction()
  const [isBlocked, isMuted] = [blocked.has(user.id), muted.has(user.id)]
  const change = async (action: (userId: string) => Promise<void>) => {
    if (await run(() => action(user.id))) close()
  }
  return (
    <div className="avoid-choices">
      <p>Muted: what {user.name} says is collapsed.</p>
      <button type="button" disabled={isRunning} onClick={() => void change(isMuted ? chat.unmute : chat.mute)}>
        {isMuted ? 'Unmute' : 'Mute'} {user.name}
      </button>
      <p>Blocked: besides, you write each other no more and do not see when the other is here.</p>
      <button
        type="button"
        className={isBlocked ? undefined : 'danger'}
        disabled={isRunning}
        onClick={() => void change(isBlocked ? chat.unblock : chat.block)}
      >
        {isBlocked ? 'Unblock' : 'Block'} {user.name}
      </button>
      <p className="avoid-note">{user.name} is told of none of it. You can take it back here.</p>
      {error && (
        <p className="failure" role="alert">
          {error}
        </p>
      )}
      <div className="dialog-buttons">
        <button type="button" onClick={close}>
          Cancel
        </button>
      </div>
    </div>
  )
}
