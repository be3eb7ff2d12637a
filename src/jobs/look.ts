/** One statement for all kinds together that finds those of which something is due: so a kind costs nothing while there is nothing of it. */
import type { JobKind } from './kind.ts'

/** Of the queue’s own connections. */
type Ask = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>

interface Options {
  ask: Ask
  kinds: readonly Pick<JobKind, 'name' | 'everySeconds'>[]
  isAway: () => boolean
  onDue: (name: string) => void
  onError: (error: unknown) => void
}

/** The next look is taken when the one before is done. Answers what ends it. */
export function lookForDue({ ask, kinds, isAway, onDue, onError }: Options): () => void {
  const names = kinds.map(({ name }) => name)
  const everyMs = 1_000 * Math.min(...kinds.map(({ everySeconds }) => everySeconds))
  let isEnded = !names.length
  let next: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    try {
      if (!isAway()) for (const name of await due(ask, names)) if (!isEnded) onDue(name)
    } catch (error) {
      if (!isEnded) onError(error)
    }
    arm()
  }

  function arm(): void {
    if (!isEnded) next = setTimeout(look, everyMs)
  }

  arm()
  return () => {
    isEnded = true
    clearTimeout(next)
  }
}

async function due(ask: Ask, names: string[]): Promise<string[]> {
  const { rows } = await ask(DUE, [names])
  return (rows as { name: string }[]).map(({ name }) => name)
}

const DUE = `
  select n.name from unnest($1::text[]) n(name)
  where exists (select from pgboss.job j where j.name = n.name and j.state < 'active' and not j.blocked and j.start_after <= pgboss.job_now())`
