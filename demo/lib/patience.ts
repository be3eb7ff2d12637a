/** Nothing is waited for without end, and nothing by sleeping: a condition, and how long it may take. */
const PATIENCE_MS = 30_000

export async function patiently<T>(what: string, condition: Promise<T>, ms = PATIENCE_MS): Promise<T> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what}: not within ${ms / 1000} seconds`)), ms)
  try {
    return await Promise.race([condition, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
