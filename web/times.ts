/** Points in time, in the words of the reader's language. */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

const DAY_MS = 86_400_000

export const timeOf = (iso: string): string => clock.format(new Date(iso))
export const fullTimeOf = (iso: string): string => full.format(new Date(iso))

/** `Today`, `Yesterday`, `Monday, 24 November`. */
export function dayOf(iso: string, now = new Date()): string {
  const ago = daysBetween(new Date(iso), now)
  return ago === 0 || ago === 1 ? capitalised(relative.format(-ago, 'day')) : day.format(new Date(iso))
}

/** As short as a list needs it: the time of today, the weekday of this week, else the date. */
export function shortTimeOf(iso: string, now = new Date()): string {
  const at = new Date(iso)
  const ago = daysBetween(at, now)
  if (ago === 0) return clock.format(at)
  return ago > 0 && ago < 7 ? weekday.format(at) : date.format(at)
}

/** `5 minutes ago`. */
export function agoOf(iso: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(iso)) / 60_000))
  if (minutes < 60) return relative.format(-minutes, 'minute')
  return minutes < 1_440
    ? relative.format(-Math.round(minutes / 60), 'hour')
    : relative.format(-Math.round(minutes / 1_440), 'day')
}

export const isSameDay = (one: string, other: string): boolean => daysBetween(new Date(one), new Date(other)) === 0

/** Midnights between them, by the reader's clock. A day may have 23 or 25 hours. */
function daysBetween(from: Date, to: Date): number {
  return Math.round((midnight(to) - midnight(from)) / DAY_MS)
}

const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
