import type { Quote } from '../../client/index.ts'
import { colourOf } from '../avatar.tsx'

/** What a message answers to. A click goes there. */
export function QuotedMessage({ quote, onShow }: { quote: Quote; onShow: (messageId: string) => void }) {
  const { id, author, text, deletedAt, isCollapsed } = quote
  return (
    <button type="button" className="quote" data-colour={colourOf(author?.id ?? '')} onClick={() => onShow(id)}>
      <span className="unseen">In reply to </span>
      <b>{author?.name ?? 'System'}</b>
      <span>
        {deletedAt ? 'This message was deleted' : isCollapsed ? 'Message of somebody you blocked or muted' : text}
      </span>
    </button>
  )
}
