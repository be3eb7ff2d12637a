/** Which gateways are alive: each until so long after its last renewal. */

export interface Leases {
  /** Answers whether it was alive until now. */
  renew(gateway: string, leaseMs: number): boolean
  isAlive(gateway: string): boolean
  /** Those whose lease has ended; they are forgotten. */
  takeEnded(): string[]
}

export function leases(): Leases {
  const until = new Map<string, number>()
  const isAlive = (gateway: string) => Date.now() < (until.get(gateway) ?? 0)
  return {
    renew(gateway, leaseMs) {
      const wasAlive = isAlive(gateway)
      until.set(gateway, Date.now() + leaseMs)
      return wasAlive
    },
    isAlive,
    takeEnded() {
      const ended = [...until.keys()].filter((gateway) => !isAlive(gateway))
      for (const gateway of ended) until.delete(gateway)
      return ended
    },
  }
}
