/** Arrows, Home and End go from message to message, as ARIA's feeds do; Tab then reaches what can be done to one. */
import type { Virtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent } from 'react'

const STEPS: Record<string, (index: number, count: number) => number> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
}

export function moveFocus(event: KeyboardEvent<HTMLElement>, rows: Virtualizer<HTMLDivElement, Element>): void {
  const step = STEPS[event.key]
  const row = event.target instanceof Element ? event.target.closest('[data-index]') : null
  if (!step || !row) return
  event.preventDefault()
  const to = Math.min(
    Math.max(step(Number(row.getAttribute('data-index')), rows.options.count), 0),
    rows.options.count - 1,
  )
  rows.scrollToIndex(to)
  const scroller = event.currentTarget
  requestAnimationFrame(() =>
    scroller.querySelector<HTMLElement>(`[data-index="${to}"] article`)?.focus({ preventScroll: true }),
  )
}
