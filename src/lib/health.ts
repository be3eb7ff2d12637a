/** Whether what all lean on answers: a use of it that failed makes it suspect, a probe decides, and while it is away a probe a second finds it back. */

export type Health = ReturnType<typeof createHealth>

const PROBE_EVERY_MS = 1_000
/** No answer is an answer. */
const PATIENCE_MS = 2_000

interface Options {
  /** Rejects when it is away. */
  probe: () => Promise<unknown>
  onChange: (isAway: boolean) => void
}

export function createHealth({ probe, onChange }: Options) {
  const told = new Set([onChange])
  let back = new AbortController()
  let isAway = false
  let isProbing = false
  let isClosed = false
  let next: NodeJS.Timeout | null = null

  async function look(): Promise<void> {
    if (isProbing || isClosed) return
    isProbing = true
    const answers = await soon(probe())
    isProbing = false
    if (isClosed) return
    next = answers ? null : setTimeout(look, PROBE_EVERY_MS).unref()
    if (isAway === answers) change(!answers)
  }

  function change(now: boolean): void {
    isAway = now
    for (const tell of told) tell(isAway)
    if (isAway) return
    back.abort()
    back = new AbortController()
  }

  return {
    get isAway(): boolean {
      return isAway
    },

    /** A use of it failed as it does when it is away. */
    suspect(): void {
      if (!next) void look()
    },

    /** Aborted when it is next back. */
    untilBack: (): AbortSignal => back.signal,

    /** Answers what ends it. */
    onChange(tell: (isAway: boolean) => void): () => void {
      told.add(tell)
      return () => void told.delete(tell)
    },

    close(): void {
      isClosed = true
      if (next) clearTimeout(next)
    },
  }
}

function soon(work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS, false).unref()
    const done = (answers: boolean) => {
      clearTimeout(patience)
      resolve(answers)
    }
    work.then(
      () => done(true),
      () => done(false),
    )
  })
}
