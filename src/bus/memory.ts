/** The bus of a single process: real code, and the default. */
import type { BusEvent } from '../events.ts'
import type { Bus } from './bus.ts'

interface Listener {
  /** null once it has gone. */
  onEvent: ((event: BusEvent) => void) | null
}

export function memoryBus(): Bus {
  /** Few a topic, and as many topics as somebody listens to: a list is the smallest that holds them. */
  const topics = new Map<string, readonly Listener[]>()
  return {
    publish(topic, event) {
      if (!topics.has(topic)) return
      // Not within the publisher's own call: an append must not run its readers' code.
      setImmediate(() => {
        for (const { onEvent } of topics.get(topic) ?? []) onEvent?.(event)
      })
    },
    async subscribe(topic, onEvent) {
      const own: Listener = { onEvent }
      topics.set(topic, [...(topics.get(topic) ?? []), own])
      return () => {
        own.onEvent = null
        const others = topics.get(topic)?.filter((listener) => listener !== own)
        if (others?.length) topics.set(topic, others)
        else topics.delete(topic)
      }
    },
    async close() {
      topics.clear()
    },
  }
}
