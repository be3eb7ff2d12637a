/** Who is at the end stays there when there is less room: a keyboard comes up, a banner is shown, the composer grows. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'

/** Nearer than this to the end is at the end. */
export const AT_END_PX = 80

export function useStaysAtEnd(scroller: RefObject<HTMLElement | null>, rows: Virtualizer<HTMLDivElement, Element>) {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let height = element.clientHeight
    const observer = new ResizeObserver(() => {
      const lost = height - element.clientHeight
      height = element.clientHeight
      if (lost > 0 && rows.getDistanceFromEnd() <= lost + AT_END_PX) rows.scrollToEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, rows])
}
