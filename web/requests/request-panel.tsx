/** Where one would write, while a stranger waits for an answer: he is not told that it was read, or declined. */
import type { Conversation } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'
import { titleOf } from '../conversations/title.ts'
import { useAction } from '../use-action.ts'

interface Props {
  conversation: Conversation
  onReport: () => void
}

export function RequestPanel({ conversation, onReport }: Props) {
  const chat = useChat()
  const { isRunning, error, run } = useAction()
  const { id, contact } = conversation
  const name = titleOf(conversation)
  const isDeclined = contact?.state === 'DECLINED'
  return (
    <section className="request-panel" aria-label={`Request of ${name}`}>
      <h3>{isDeclined ? `You have declined what ${name} asked` : `${name} wants to talk to you`}</h3>
      <p>
        {isDeclined
          ? `${name} does not learn of it, and can say no more until you accept.`
          : `${name} does not learn that you have read this, unless you accept.`}
      </p>
      {error && (
        <p className="failure" role="alert">
          {error}
        </p>
      )}
      <div className="request-buttons">
        <button
          type="button"
          className="primary"
          disabled={isRunning}
          onClick={() => void run(() => chat.acceptContact(id))}
        >
          {isDeclined ? 'Accept after all' : 'Accept'}
        </button>
        {!isDeclined && (
          <button type="button" disabled={isRunning} onClick={() => void run(() => chat.declineContact(id))}>
            Decline
          </button>
        )}
        <button type="button" className="danger" onClick={onReport}>
          Report
        </button>
      </div>
    </section>
  )
}
