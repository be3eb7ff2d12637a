/** Tells the operator of a message or a user: why, and what he should know besides. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { ReportForm } from './report-form.tsx'
import type { Reported } from './reported.ts'

interface Props {
  /** Whether something is to be reported is asked while there is something. */
  reported: Reported | null
  onClose: () => void
}

export function ReportDialog({ reported, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    if (reported) dialog.current?.showModal()
  }, [reported])
  const { message, user } = reported ?? {}
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h3 id={titleId}>{message ? 'Report this message' : `Report ${user?.name ?? ''}`}</h3>
      {message && <Quoted>{message.text}</Quoted>}
      {reported && <ReportForm reported={reported} close={() => dialog.current?.close()} />}
    </dialog>
  )
}

const Quoted = ({ children }: { children: ReactNode }) => <p className="dialog-text">{children}</p>
