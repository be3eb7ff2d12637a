/** Who is mentioned: picked by name while one writes, found again in the text when it is sent. */
import type { Member, Mention } from '../../client/index.ts'

export interface Picked {
  kind: Mention['kind']
  userId: string | null
  /** As it stands in the text: `@Bob`. */
  label: string
}

const MOST_SHOWN = 6

/** The beginning of a mention right before the caret; null: there is none. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const found = /(?:^|\s)@([^\s@]*)$/u.exec(text.slice(0, caret))
  return found ? { start: caret - (found[1] ?? '').length - 1, query: found[1] ?? '' } : null
}

export function candidates(query: string, members: readonly Member[], others: readonly Picked[]): Picked[] {
  const wanted = query.toLocaleLowerCase()
  const users = members.map(({ user }): Picked => ({ kind: 'USER', userId: user.id, label: `@${user.name}` }))
  return [...users, ...others]
    .filter(({ label }) =>
      label
        .slice(1)
        .toLocaleLowerCase()
        .split(' ')
        .some((word) => word.startsWith(wanted)),
    )
    .slice(0, MOST_SHOWN)
}

/** Where they stand in the text, wherever that has moved to; who was deleted from it is not mentioned. */
export function mentionsIn(text: string, picked: readonly Picked[]): Mention[] {
  const mentions: Mention[] = []
  const longestFirst = [...picked].sort((one, other) => other.label.length - one.label.length)
  for (const { kind, userId, label } of new Map(longestFirst.map((each) => [each.label, each])).values())
    for (let start = text.indexOf(label); start >= 0; start = text.indexOf(label, start + label.length))
      if (!mentions.some((other) => start < other.start + other.length && other.start < start + label.length))
        mentions.push({ kind, start, length: label.length, userId })
  return mentions.sort((one, other) => one.start - other.start)
}
