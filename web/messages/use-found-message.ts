/** Brings a message into sight, once it is there, and lets it stand out for a moment. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'
import type { Message } from '../../client/index.ts'

const STANDS_OUT_MS = 2_000

export function useFoundMessage(messages: readonly Message[], rows: Virtualizer<HTMLDivElement, Element>) {
  const [id, setId] = useState<string | null>(null)
  const index = id === null ? -1 : messages.findIndex((message) => message.id === id)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is found, not whenever its place changes.
  useEffect(() => {
    if (index < 0) return
    rows.scrollToIndex(index, { align: 'center' })
    const timer = setTimeout(() => setId(null), STANDS_OUT_MS)
    return () => clearTimeout(timer)
  }, [id, index >= 0])

  return { id, look: setId }
}
