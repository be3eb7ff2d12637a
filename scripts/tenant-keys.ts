/** `npm run tenant -- rotate`: until when the secret before the new one is good. */
import { StartError } from '../src/errors.ts'

const DEFAULT = '24h'
const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** null: not any longer. Throws StartError for what is no time in the future. */
export function oldUntil({ atOnce, until }: { atOnce: boolean; until: string | undefined }): Date | null {
  if (atOnce && until !== undefined) throw new StartError('Give --at-once or --old-until, not both')
  return atOnce ? null : timeIn(until ?? DEFAULT)
}

function timeIn(said: string): Date {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(said) ?? []
  const at = count === undefined ? new Date(said) : new Date(Date.now() + Number(count) * (UNIT_MS[unit] ?? 0))
  if (!(at.getTime() > Date.now()))
    throw new StartError(`--old-until ${said} is no time to come: write 30m, 24h, 7d, or a date as 2027-01-31T12:00Z`)
  return at
}
