import type { User } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'
import { useAction } from '../use-action.ts'

/** Where one would write to somebody whom one has blocked. */
export function BlockedPanel({ user }: { user: User }) {
  const chat = useChat()
  const { isRunning, error, run } = useAction()
  return (
    <section className="request-panel" aria-label={`${user.name} is blocked`}>
      <h3>You have blocked {user.name}</h3>
      {error && (
        <p className="failure" role="alert">
          {error}
        </p>
      )}
      <div className="request-buttons">
        <button type="button" disabled={isRunning} onClick={() => void run(() => chat.unblock(user.id))}>
          Unblock
        </button>
      </div>
    </section>
  )
}
