/** For a server whose tests ask for all there is in one document. */
const queryLimits = {
  queryTokens: 1_000_000,
  queryDepth: 1_000,
  queryAliases: 100_000,
  queryDirectives: 1_000,
  queryCost: Number.MAX_SAFE_INTEGER,
}

export const LARGE_DOCUMENTS = { QUERY_LIMITS: JSON.stringify(queryLimits) }
