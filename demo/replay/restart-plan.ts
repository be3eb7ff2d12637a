/** When the server is killed, counted in messages: one place in each of so many equal parts, the same for the same seed. */
import type { Random } from '../lib/random.ts'

export function restartPlan(lines: number, restarts: number, random: Random): number[] {
  const part = lines / restarts
  return Array.from({ length: restarts }, (_, nth) => Math.floor(part * nth) + random.between(1, Math.floor(part)))
}
