/** At the upper end of what is shown: that more is on its way, or why it did not come. */
import type { OpenMessages } from './use-reading.ts'

export function ListEdge({
  open: { error, isLoading, messages, hasOlder, hasNewer, loadOlder, loadNewer },
}: {
  open: OpenMessages
}) {
  if (error)
    return (
      <p className="list-edge" role="alert">
        {error.message}{' '}
        <button type="button" onClick={() => void (hasOlder ? loadOlder() : loadNewer())}>
          Try again
        </button>
      </p>
    )
  const isIncomplete = messages.length === 0 || hasOlder || hasNewer
  if (isLoading && isIncomplete) return <p className="list-edge">Loading…</p>
  return messages.length === 0 ? <p className="list-edge">Nothing was said yet. Say something!</p> : null
}
