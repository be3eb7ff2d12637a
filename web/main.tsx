/** The page's start: who is it, then the chat or how to get in. */
import { createRoot } from 'react-dom/client'
import { createChat } from '../client/index.ts'
import { ChatProvider } from '../client/react.ts'
import { indexedDbStorage } from '../client/storage/index.ts'
import { App } from './app.tsx'
import { currentSession, isSignInLink } from './session.ts'
import { Welcome } from './welcome.tsx'

const root = createRoot(document.getElementById('root') as HTMLElement)
const session = currentSession()

if (session.kind === 'signed in') {
  const chat = createChat({
    url: location.origin,
    token: () => session.token,
    storage: indexedDbStorage(`parley ${session.user}`),
  })
  root.render(
    <ChatProvider chat={chat}>
      <App />
    </ChatProvider>,
  )
} else {
  root.render(<Welcome reason={session.kind} />)
}

// A link opened in the tab that shows this page already changes its address alone.
window.addEventListener('hashchange', () => isSignInLink() && location.reload())
