/** What the kit takes from the world around it. A simulator gives its own. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Answers what `clearTimeout` takes. */
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** `navigator.locks` is one. */
export interface Locks {
  /** Runs `work` while nobody else who shares them runs any under this name; waits for that. */
  request<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** What a browser knows of its network, and of who looks at it. */
export interface NetworkSignals {
  isOnline(): boolean
  /** `online` and `offline`: the network came or went. `awake`: the page is looked at again. `leaving`: it may be the last moment. */
  subscribe(listener: (signal: 'online' | 'offline' | 'awake' | 'leaving') => void): () => void
}

/** Tells the other tabs of the same user that something was stored. A BroadcastChannel is one. */
export interface TabChannel {
  postMessage(message: unknown): void
  /** Called with each message of another tab. */
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export interface Environment {
  clock: Clock
  /** From 0 to 1, without 1. */
  random: () => number
  signals: NetworkSignals
  /** As the global one. */
  WebSocket: unknown
}

const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
}

/** Of the page; always online where there is none. */
const pageSignals: NetworkSignals = {
  isOnline: () => typeof navigator === 'undefined' || navigator.onLine !== false,
  subscribe(listener) {
    if (typeof window === 'undefined') return () => {}
    const stop = new AbortController()
    const on = (target: EventTarget, type: string, tell: () => void) =>
      target.addEventListener(type, tell, { signal: stop.signal })
    on(window, 'online', () => listener('online'))
    on(window, 'offline', () => listener('offline'))
    on(window, 'pagehide', () => listener('leaving'))
    on(window, 'pageshow', () => listener('awake'))
    on(document, 'visibilitychange', () => listener(document.visibilityState === 'visible' ? 'awake' : 'leaving'))
    return () => stop.abort()
  },
}

export function environment(given: Partial<Environment>): Environment {
  return { clock: systemClock, random: Math.random, signals: pageSignals, WebSocket: globalThis.WebSocket, ...given }
}
