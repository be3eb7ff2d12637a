/** How often something was done in a while, counted for all nodes where they share a store. */

export interface Counted {
  /** With this one. */
  count: number
  /** After which it begins anew from nothing. */
  resetsInMs: number
}

/** The while begins with the first that is counted. Neither call rejects, and neither keeps anybody waiting for a store that is away: what is counted then is this node's. */
export interface Rates {
  count(key: string, seconds: number): Promise<Counted>
  /** As if it had not been counted. */
  uncount(key: string, seconds: number): Promise<void>
  close(): Promise<void>
}
