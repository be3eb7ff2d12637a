/** An entry of the outbox, as it is made, kept and read back. */
import type { Clock } from '../environment.ts'
import type { Action, OutboxEntry } from '../types.ts'

/** Of what is kept. What another version has kept, and this one does not know, is left out. */
const VERSION = 1
const PREFIX = 'outbox/'
/** Milliseconds in base 36, for the next millennia. */
const TIME_LENGTH = 9

export const keyOf = (id: string): string => PREFIX + id
export const isKey = (key: string): boolean => key.startsWith(PREFIX)

export function newId(random: () => number): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(36)
      .padStart(7, '0'),
  ).join('')
}

/** Ids are in the order in which entries were made: also where the clock is set back, or another tab has made one in the same millisecond. */
export function entryMaker({ clock, random }: { clock: Clock; random: () => number }) {
  let last = 0
  return (conversationId: string, action: Action, newest = ''): OutboxEntry => {
    const madeBefore = Number.parseInt(newest.slice(0, TIME_LENGTH), 36) || 0
    last = Math.max(last + 1, madeBefore + 1, Math.floor(clock.now()))
    return {
      id: `${last.toString(36).padStart(TIME_LENGTH, '0')}${newId(random).slice(0, 7)}`,
      clientId: newId(random),
      conversationId,
      action,
      state: 'pending',
      error: null,
      createdAt: new Date(clock.now()).toISOString(),
      attempts: 0,
    }
  }
}

export function toKept(entry: OutboxEntry): unknown {
  return { ...entry, version: VERSION, state: entry.state === 'sending' ? 'pending' : entry.state }
}

export function fromKept(value: unknown): OutboxEntry | null {
  const { version, ...entry } = (value ?? {}) as OutboxEntry & { version?: unknown }
  return version === VERSION && typeof entry.id === 'string' && entry.action ? entry : null
}

/** What must not overtake one another. Reads may overtake the rest. */
export const laneOf = ({ conversationId, action }: OutboxEntry): string =>
  action.kind === 'read' ? `read ${conversationId}` : conversationId
