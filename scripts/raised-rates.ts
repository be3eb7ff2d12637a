/** What is so many in a time, as good as unlimited: settings of the tenants of tests, benches and demos, which do at once what people do in a day. */
import { isRate, type LimitName, limits } from '../src/limits.ts'

const PLENTY = 1_000_000

export const raisedRates = (): Record<string, number> =>
  Object.fromEntries((Object.keys(limits) as LimitName[]).filter(isRate).map((name) => [name, PLENTY]))
