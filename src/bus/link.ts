/** What a bus between processes stands on: a connection that comes, serves, and is lost for good. linked.ts makes the next one. */

export interface Link {
  /** In the order of the calls. Rejects when it was not taken, or when it is not known whether it was. */
  publish(topic: string, text: string): Promise<unknown>
  /** Once a topic at a time. Resolves when listening; rejects when the link is lost. */
  subscribe(topic: string, hear: (text: string) => void): Promise<() => void>
  /** Resolves, with the reason, when it is lost or ended. */
  readonly lost: Promise<unknown>
}

/** Gives up in bounded time. The signal ends the link, and the attempt. Throws StartError where trying again is in vain. */
export type Connect = (signal: AbortSignal) => Promise<Link>
