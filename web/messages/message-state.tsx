/** Of one's own message: on its way, or not sent and what can be done about it. */
import type { Message } from '../../client/index.ts'
import { useOutbox } from '../../client/react.ts'
import { Clock, Warning } from '../icons.tsx'

export function Pending() {
  return (
    <span className="pending" title="Will be sent">
      <Clock />
      <span className="unseen">Will be sent</span>
    </span>
  )
}

export function NotSent({ message: { error, entryId } }: { message: Message }) {
  const { retry, discard } = useOutbox()
  return (
    <p className="not-sent" role="alert">
      <Warning />
      Not sent: {error?.explanation ?? 'the server refused it'}
      {entryId && (
        <>
          <button type="button" onClick={() => retry(entryId)}>
            Try again
          </button>
          <button type="button" onClick={() => discard(entryId)}>
            Discard
          </button>
        </>
      )}
    </p>
  )
}
