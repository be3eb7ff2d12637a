import type { Conversation } from '../../client/index.ts'
import { titleOf } from '../conversations/title.ts'
import { Clock } from '../icons.tsx'

/** To whoever has begun: that he is not accepted yet, and what he may not do until then. */
export function WaitingNote({ conversation, hasSaid }: { conversation: Conversation; hasSaid: boolean }) {
  const { contact } = conversation
  if (!contact?.isOwn || contact.state === 'ACCEPTED') return null
  const name = titleOf(conversation)
  return (
    <p className="waiting-note" role="status">
      <Clock />
      <span>
        <b>{hasSaid ? `${name} has not accepted yet.` : `${name} has to accept you first.`}</b>{' '}
        {hasSaid
          ? 'Until then you can say no more, and send no links or files.'
          : 'Your first message is text alone, without links or files; then you wait for the answer.'}
      </span>
    </p>
  )
}
