import type { Message } from '../../client/index.ts'
import { piecesOf } from './pieces.ts'

/** The text with its mentions and links. */
export function MessageText({ message: { text, mentions } }: { message: Pick<Message, 'text' | 'mentions'> }) {
  return (
    <p className="text">
      {piecesOf(text, mentions).map(({ kind, start, text }) => {
        if (kind === 'mention')
          return (
            <span key={start} className="mention">
              {text}
            </span>
          )
        if (kind === 'link')
          return (
            <a key={start} href={text} target="_blank" rel="noreferrer">
              {text}
            </a>
          )
        return text
      })}
    </p>
  )
}
