/** What an operator sets who expects so much from few: by public configuration, and told in each bench's header. */
import { raisedRates } from '../../scripts/raised-rates.ts'

/** Of the benches' tenant: what is so many in a time is as good as none. */
export const RAISED_LIMITS = { operationsPerSecond: 100_000, operationsPerSocket: 10_000, ...raisedRates() }

/** Of a node. All that a bench opens comes from few addresses. */
export const raised = (sockets: number): Record<string, string> => ({
  MAX_SOCKETS: String(sockets + 100),
  CONNECTS_PER_SECOND: '100000',
  UNNAMED_SOCKETS_PER_ADDRESS: String(sockets + 100),
})

export const toldRaised = (sockets: number): string =>
  `raised: ${[...Object.entries(RAISED_LIMITS), ...Object.entries(raised(sockets))].map((each) => each.join(' ')).join(', ')}`
