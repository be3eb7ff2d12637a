/**
 * So long whoever has opened a socket may say nothing. One timer for all of them: they are due in the order in which they came.
 * A node that was busy for so long blames nobody: it takes first what has come meanwhile, and stands in the sockets still.
 */
export interface Patience<T> {
  begin(who: T): void
  /** He has said it, or is gone. */
  end(who: T): void
}

export function createPatience<T>({ ms, isOver }: { ms: number; isOver: (who: T) => void }): Patience<T> {
  const since = new Map<T, number>()
  let timer: NodeJS.Timeout | null = null

  function plan(at: number): void {
    if (!timer) timer = setTimeout(() => afterReading(look), at + ms - performance.now()).unref()
  }

  function look(): void {
    timer = null
    for (const [who, at] of since) {
      if (at + ms > performance.now()) {
        plan(at)
        return
      }
      since.delete(who)
      isOver(who)
    }
  }

  return {
    begin(who) {
      const now = performance.now()
      since.set(who, now)
      plan(now)
    },
    end: (who) => void since.delete(who),
  }
}

/** Timers come before reading, and what is read in one turn of the event loop is told at its end or in the next one. */
const afterReading = (work: () => void): void => void setImmediate(() => setImmediate(work))
