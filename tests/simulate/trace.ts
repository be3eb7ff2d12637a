/** The last steps of a run, for whoever is told that it failed. */
const KEPT = 80

export type Trace = (line: string) => void

export function createTrace(now: () => number): { say: Trace; lines: string[] } {
  const lines: string[] = []
  return {
    lines,
    say(line) {
      lines.push(`${String(Math.round(now())).padStart(6)} ms  ${line}`)
      if (lines.length > KEPT) lines.shift()
    },
  }
}
