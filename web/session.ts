/** Who is signed in: in this tab alone, so that two windows can be two people. The link that signs in carries a token behind its #. */

export type Session = { kind: 'signed in'; token: string; user: string } | { kind: 'nobody' } | { kind: 'broken link' }

const KEY = 'parley token'

export const isSignInLink = (): boolean => new URLSearchParams(location.hash.slice(1)).has('token')

/** Takes the token out of the address: so it is in no history, and in no link that is copied from there. */
export function currentSession(): Session {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given !== null) history.replaceState(null, '', location.pathname + location.search)
  const token = given ?? kept()
  if (token === null) return { kind: 'nobody' }
  const user = userOf(token)
  if (user === null) return { kind: 'broken link' }
  keep(token)
  return { kind: 'signed in', token, user }
}

export function endSession(): void {
  sessionStorage.removeItem(KEY)
}

// Where a browser keeps nothing for the page, who it is lasts as long as the page does.
function kept(): string | null {
  try {
    return sessionStorage.getItem(KEY)
  } catch {
    return null
  }
}

function keep(token: string): void {
  try {
    sessionStorage.setItem(KEY, token)
  } catch {}
}

/** Names the user among those of this browser: what is stored for one of them is none of the others'. null: this is no token. */
export function userOf(token: string): string | null {
  try {
    const [header, payload] = token.split('.', 2).map((part) => JSON.parse(decode(part)))
    return typeof payload.sub === 'string' ? `${payload.iss ?? header.kid ?? ''} ${payload.sub}` : null
  } catch {
    return null
  }
}

function decode(part: string): string {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  return new TextDecoder().decode(bytes)
}
