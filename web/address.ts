/** Which conversation is open stands behind the # of the address: so that the browser's back, a reload and a link find it. */
import { useSyncExternalStore } from 'react'

export const linkTo = (conversationId: string): string => `#/${conversationId}`

const openedId = (): string | null => (location.hash.startsWith('#/') && location.hash.slice(2)) || null

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export const useOpenedId = (): string | null => useSyncExternalStore(subscribe, openedId)
