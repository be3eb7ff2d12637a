/** A picture, or initials on a colour that is always the same for the same id. Decoration: the name stands beside it. */
import type { PresenceState } from '../client/index.ts'

const COLOURS = 8

interface Props {
  id: string
  name: string
  url?: string | null | undefined
  presence?: PresenceState | undefined
  size?: 'small' | 'large'
}

export function Avatar({ id, name, url, presence, size = 'large' }: Props) {
  return (
    <span className={`avatar avatar-${size}`} data-colour={colourOf(id)} aria-hidden="true">
      {url ? <img src={url} alt="" /> : initials(name)}
      {presence && presence !== 'OFFLINE' && <span className="dot" data-state={presence} />}
    </span>
  )
}

export function colourOf(id: string): number {
  let sum = 0
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997
  return sum % COLOURS
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}
