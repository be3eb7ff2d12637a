/** Many callers, one transaction: what is handed in while a batch is being written makes up the next one. */

export interface GroupCommit<Draft, Row> {
  (draft: Draft): Promise<Row>
  drain(): Promise<void>
}

interface Options<Draft, Row> {
  maxBatch: number
  /** Answers one row a draft, in order. */
  write: (drafts: readonly Draft[]) => Promise<Row[]>
  /** Whether an error lies in a draft rather than in the database: then each draft is written alone. */
  isBadData: (error: unknown) => boolean
  onBatch: (size: number) => void
}

interface Waiting<Draft, Row> {
  draft: Draft
  resolve: (row: Row) => void
  reject: (error: unknown) => void
}

export function groupCommit<Draft, Row>({
  maxBatch,
  write,
  isBadData,
  onBatch,
}: Options<Draft, Row>): GroupCommit<Draft, Row> {
  const waiting: Waiting<Draft, Row>[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    await null // all that is handed in within this tick goes into the first batch
    while (waiting.length) await settle(waiting.splice(0, maxBatch))
    running = null
  }

  async function settle(batch: Waiting<Draft, Row>[]): Promise<void> {
    onBatch(batch.length)
    try {
      const rows = await write(batch.map(({ draft }) => draft))
      batch.forEach(({ resolve, reject }, i) => {
        const row = rows[i]
        if (row === undefined) reject(new Error('the database did not judge every draft'))
        else resolve(row)
      })
    } catch (error) {
      // One bad draft never fails its neighbours.
      if (batch.length > 1 && isBadData(error)) for (const one of batch) await settle([one])
      else for (const { reject } of batch) reject(error)
    }
  }

  const hand = (draft: Draft) =>
    new Promise<Row>((resolve, reject) => {
      waiting.push({ draft, resolve, reject })
      running ??= run()
    })
  async function drain() {
    while (running) await running
  }
  return Object.assign(hand, { drain })
}
