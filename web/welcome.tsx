/** For whoever has no link yet. */
import { Logo } from './icons.tsx'

const REASONS = {
  nobody: 'You are not signed in here.',
  'broken link': 'This link is not complete: it was cut off on its way.',
  'signed out': 'You are signed out.',
}

export function Welcome({ reason }: { reason: keyof typeof REASONS }) {
  return (
    <main className="welcome">
      <Logo />
      <h1>Parley</h1>
      <p>{REASONS[reason]}</p>
      <p>
        Open the link that you were given. On your own machine <code>npm start</code> prints one for each user of the
        demo; open two of them in two windows, and chat with yourself.
      </p>
      <p>
        The API is at <a href="/graphql">/graphql</a>.
      </p>
    </main>
  )
}
