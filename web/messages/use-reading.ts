/** What is looked at is read: marks it so, and remembers where the unread began when the conversation was opened. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Conversation } from '../../client/index.ts'
import type { useMessages } from '../../client/react.ts'

export type OpenMessages = ReturnType<typeof useMessages>

/** The seq after which all was new when it was opened; null: nothing was. */
export function useReading(conversation: Conversation | null, { messages, hasNewer, markRead }: OpenMessages) {
  const [newFrom, setNewFrom] = useState<number | null | undefined>(undefined)
  const isLookedAt = useIsLookedAt()
  const newest = messages.findLast(({ seq }) => seq !== null)?.id
  const { unread, membership } = conversation ?? {}

  useEffect(() => {
    if (membership && newFrom === undefined) setNewFrom(unread?.messages ? membership.readSeq : null)
  }, [membership, unread, newFrom])

  useEffect(() => {
    if (isLookedAt && membership && newFrom !== undefined && newest && !hasNewer && unread?.messages) markRead()
  }, [isLookedAt, membership, newFrom, newest, hasNewer, unread, markRead])

  return newFrom ?? null
}

function useIsLookedAt(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
    () => document.visibilityState === 'visible',
  )
}
