/** What others say is read out as it comes, and nothing of history: the list itself would be read whenever it is scrolled. */
import { useEffect, useRef, useState } from 'react'
import type { Message } from '../../client/index.ts'

export function Announcer({ messages }: { messages: readonly Message[] }) {
  const heard = useRef<number | null>(null)
  const [said, setSaid] = useState('')
  const newest = messages.findLast(({ seq }) => seq !== null)

  useEffect(() => {
    if (!newest || newest.seq === null) return
    const isNew = heard.current !== null && newest.seq > heard.current
    heard.current = Math.max(heard.current ?? 0, newest.seq)
    if (isNew && !newest.isOwn && !newest.isCollapsed) setSaid(`${newest.author?.name ?? ''}: ${newest.text}`)
  }, [newest])

  return (
    <div className="unseen" aria-live="polite">
      {said}
    </div>
  )
}
