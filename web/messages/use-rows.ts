/** Which messages are in the page and where: those in sight. Asks for more history as one comes near the end of what is held. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { OpenMessages } from './use-reading.ts'
import { AT_END_PX, useStaysAtEnd } from './use-stays-at-end.ts'

/** So many rows before the end of what is held the next page is asked for. */
const AHEAD = 8
/** What a row is taken for until it has been measured. */
const ROW_PX = 56

export function useRows({ messages, hasOlder, hasNewer, error, loadOlder, loadNewer }: OpenMessages) {
  const scroller = useRef<HTMLDivElement>(null)
  const wasAtNewest = useRef(true)
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => messages[index]?.key ?? index,
    anchorTo: 'end',
    // What is said is followed, a page of history that comes below is not.
    followOnAppend: wasAtNewest.current,
    scrollEndThreshold: AT_END_PX,
    overscan: 6,
    paddingStart: 12,
    paddingEnd: 8,
  })
  const inPage = rows.getVirtualItems()
  const [first = 0, last = 0] = [inPage[0]?.index, inPage.at(-1)?.index]
  const newest = messages.at(-1)
  useStaysAtEnd(scroller, rows)

  useLayoutEffect(() => {
    wasAtNewest.current = !hasNewer
  }, [hasNewer])

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to be at the end of.
  useLayoutEffect(() => rows.scrollToEnd(), [messages.length > 0])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what one has said oneself is looked at, wherever one was.
  useEffect(() => {
    if (newest?.isOwn && newest.state === 'pending') rows.scrollToEnd()
  }, [newest?.key])

  useEffect(() => {
    if (error || messages.length === 0) return
    if (hasOlder && first < AHEAD) void loadOlder()
    if (hasNewer && last >= messages.length - AHEAD) void loadNewer()
  }, [first, last, messages.length, hasOlder, hasNewer, error, loadOlder, loadNewer])

  return { scroller, rows, inPage }
}
