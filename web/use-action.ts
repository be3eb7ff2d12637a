/** What is asked of the server once, by a button: that it is on its way, and why it failed. */
import { useCallback, useState } from 'react'
import { RequestError } from '../client/index.ts'

export function useAction() {
  const [isRunning, setIsRunning] = useState(false)
  const [error, setError] = useState<string | null>(null)

  /** Answers whether it was done. */
  const run = useCallback(async (action: () => Promise<unknown>): Promise<boolean> => {
    setIsRunning(true)
    setError(null)
    try {
      await action()
      return true
    } catch (reason) {
      if (!(reason instanceof RequestError)) throw reason
      setError(reason.message)
      return false
    } finally {
      setIsRunning(false)
    }
  }, [])

  const reset = useCallback(() => setError(null), [])
  return { isRunning, error, run, reset }
}
