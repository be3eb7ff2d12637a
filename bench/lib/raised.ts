/** What an operator sets who expects so much from few: by public configuration, and told in each bench's header. */

/** Of the benches' tenant. */
export const RAISED_LIMITS: Readonly<Record<string, number>> = {}

/** Of a node. What this release does not know it passes over. */
export const raised = (sockets: number): Record<string, string> => ({
  MAX_SOCKETS: String(sockets + 100),
  CONNECTS_PER_SECOND: '100000',
})

export const toldRaised = (sockets: number): string =>
  `raised: ${[...Object.entries(RAISED_LIMITS), ...Object.entries(raised(sockets))].map((each) => each.join(' ')).join(', ')}`
