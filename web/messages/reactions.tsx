import type { Message } from '../../client/index.ts'
import { useChat } from '../../client/react.ts'

export function Reactions({ message: { id, reactions } }: { message: Message }) {
  const chat = useChat()
  if (!id || reactions.length === 0) return null
  return (
    <ul className="reactions" aria-label="Reactions">
      {reactions.map(({ emoji, count, isOwn }) => (
        <li key={emoji}>
          <button
            type="button"
            aria-pressed={isOwn}
            aria-label={`${emoji}, ${count}`}
            onClick={() => (isOwn ? chat.unreact(id, emoji) : chat.react(id, emoji))}
          >
            {emoji} {count}
          </button>
        </li>
      ))}
    </ul>
  )
}
