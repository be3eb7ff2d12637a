/** Who is signed in, and the way out. */
import { useChat, useOutbox, useViewer } from '../../client/react.ts'
import { Avatar } from '../avatar.tsx'
import { Exit } from '../icons.tsx'
import { endSession } from '../session.ts'

export function Account() {
  const chat = useChat()
  const viewer = useViewer()
  const { entries } = useOutbox()
  const unsent = entries.filter(({ action }) => action.kind === 'send').length

  async function signOut(): Promise<void> {
    if (unsent > 0 && !confirm(`${unsent} of your messages are not sent yet and will be lost. Sign out?`)) return
    await chat.forget()
    endSession()
    location.assign(location.pathname)
  }

  if (!viewer) return null
  return (
    <footer className="account">
      <Avatar id={viewer.id} name={viewer.name} url={viewer.avatarUrl} />
      <span>{viewer.name}</span>
      <button
        type="button"
        className="icon-button"
        title="Sign out"
        aria-label="Sign out"
        onClick={() => void signOut()}
      >
        <Exit />
      </button>
    </footer>
  )
}
