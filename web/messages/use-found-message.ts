/** Brings a message into sight, wherever in history it is, and lets it stand out for a moment. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OpenMessages } from './use-reading.ts'

const STANDS_OUT_MS = 2_000

interface Options extends Pick<OpenMessages, 'messages' | 'showAround'> {
  rows: Virtualizer<HTMLDivElement, Element>
}

export function useFoundMessage({ messages, rows, showAround }: Options) {
  const [id, setId] = useState<string | null>(null)
  const held = useRef(messages)
  held.current = messages
  const index = id === null ? -1 : messages.findIndex((message) => message.id === id)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is found, not whenever its place changes.
  useEffect(() => {
    if (index < 0) return
    rows.scrollToIndex(index, { align: 'center' })
    const timer = setTimeout(() => setId(null), STANDS_OUT_MS)
    return () => clearTimeout(timer)
  }, [id, index >= 0])

  const show = useCallback(
    async (wanted: string): Promise<void> => {
      if (!held.current.some((message) => message.id === wanted)) await showAround(wanted)
      setId(wanted)
    },
    [showAround],
  )
  return { id, show }
}
