/** The reasons of the server to choose from, a comment, and what became of it. */
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { ReportReason } from '../../client/index.ts'
import { useAvoided, useChat } from '../../client/react.ts'
import { useAction } from '../use-action.ts'
import type { Reported } from './reported.ts'

export function ReportForm({ reported, close }: { reported: Reported; close: () => void }) {
  const chat = useChat()
  const [reasons, setReasons] = useState<readonly ReportReason[] | null>(null)
  const [chosen, setChosen] = useState<ReportReason | null>(null)
  const [comment, setComment] = useState('')
  const [isDone, setIsDone] = useState(false)
  const { isRunning, error, run } = useAction()
  const { blocked } = useAvoided()
  const hintId = useId()
  const { user } = reported

  useEffect(() => void run(async () => setReasons(await chat.reportReasons())), [chat, run])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (chosen) setIsDone(await run(() => send(chosen.reason)))
  }

  function send(reason: string): Promise<void> {
    const { message } = reported
    if (message?.id) return chat.reportMessage(message.id, { reason, comment })
    return chat.reportUser(user?.id ?? '', { reason, comment })
  }

  if (isDone)
    return (
      <>
        <p className="dialog-text" role="status">
          Thank you. Whoever runs this service has your report. Nobody else learns of it.
        </p>
        {error && (
          <p className="failure" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-buttons">
          {user && !blocked.has(user.id) && (
            <button
              type="button"
              className="danger"
              disabled={isRunning}
              onClick={() => void run(() => chat.block(user.id))}
            >
              Block {user.name}
            </button>
          )}
          <button type="button" className="primary" onClick={close}>
            Close
          </button>
        </div>
      </>
    )
  const isIncomplete = chosen === null || (chosen.needsComment && comment.trim() === '')
  return (
    <form className="report-form" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>Why?</legend>
        {reasons?.map((each) => (
          <label key={each.reason} className="reason">
            <input type="radio" name="reason" checked={chosen === each} onChange={() => setChosen(each)} />
            <span>
              <b>{each.title}</b>
              <small>{each.description}</small>
            </span>
          </label>
        )) ??
          (isRunning && <p className="dialog-text">Loading…</p>)}
      </fieldset>
      <label className="comment">
        <span>{chosen?.needsComment ? 'What is it?' : 'What else should be known? (optional)'}</span>
        <textarea
          rows={2}
          value={comment}
          required={chosen?.needsComment ?? false}
          aria-describedby={hintId}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <small id={hintId}>{user?.name ?? 'The author'} is not told.</small>
      {error && (
        <p className="failure" role="alert">
          {error}
        </p>
      )}
      <div className="dialog-buttons">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" className="danger" disabled={isRunning || isIncomplete}>
          Report
        </button>
      </div>
    </form>
  )
}
