/** Says what is not as it should be with the connection, and what becomes of what is written meanwhile. Nothing while all is well. */
import { type ReactNode, useEffect, useState } from 'react'
import type { ConnectionStatus } from '../client/index.ts'
import { useChat, useConnection, useStorage } from '../client/react.ts'
import { Warning } from './icons.tsx'

/** So long a connection may be on its way without a word: most are there before. */
const PATIENCE_MS = 1_500

export function ConnectionBanner() {
  const chat = useChat()
  const { status: now, retryAt } = useConnection()
  const status = useSteady(now)
  const storage = useStorage()
  const isSlow = useAfter(PATIENCE_MS, status === 'connecting')
  const again = (
    <button type="button" onClick={() => chat.reconnect()}>
      Try now
    </button>
  )

  return (
    <div className="banners" role="status">
      {status === 'connecting' && isSlow && <Banner kind="calm">Connecting…</Banner>}
      {status === 'offline' && (
        <Banner kind="warning">
          You are offline. What you write is kept, and sent when you are back. <Countdown until={retryAt} /> {again}
        </Banner>
      )}
      {status === 'degraded' && (
        <Banner kind="warning">The service cannot store messages just now. Yours will be sent when it is back.</Banner>
      )}
      {status === 'expired' && (
        <Banner kind="error">
          Your sign-in has ended. Open your link again; what you have not sent is kept. {again}
        </Banner>
      )}
      {!storage.isDurable && storage.error && (
        <Banner kind="calm">
          This browser keeps nothing for the page: what is not sent yet is lost when you close it.
        </Banner>
      )}
    </div>
  )
}

function Banner({ kind, children }: { kind: 'calm' | 'warning' | 'error'; children: ReactNode }) {
  return (
    <p className="banner" data-kind={kind}>
      <Warning />
      <span>{children}</span>
    </p>
  )
}

/** Not read out: a screen reader would hear every second. */
function Countdown({ until }: { until: number | null }) {
  const now = useNow(until !== null)
  const seconds = until === null ? 0 : Math.ceil((until - now) / 1_000)
  return <span aria-hidden="true">{seconds > 0 ? `Next try in ${seconds} s.` : 'Trying…'}</span>
}

function useNow(isCounting: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isCounting) return
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [isCounting])
  return now
}

/** Whoever is offline is so until he is back: not back and forth with each attempt. */
function useSteady(status: ConnectionStatus): ConnectionStatus {
  const [before, setBefore] = useState(status)
  if (status !== 'connecting' && status !== before) setBefore(status)
  return status === 'connecting' && before === 'offline' ? 'offline' : status
}

/** True when `condition` has held for so long. */
function useAfter(ms: number, condition: boolean): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    if (!condition) return
    const timer = setTimeout(() => setIsOver(true), ms)
    return () => {
      clearTimeout(timer)
      setIsOver(false)
    }
  }, [ms, condition])
  return isOver
}
