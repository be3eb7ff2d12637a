/** The bus of a single process: real code, and the default. */
import type { BusEvent } from '../events.ts'
import type { Bus } from './bus.ts'

export function memoryBus(): Bus {
  const topics = new Map<string, Set<(event: BusEvent) => void>>()
  return {
    publish(topic, event) {
      const listeners = topics.get(topic)
      // Not within the publisher's own call: an append must not run its readers' code.
      setImmediate(() => {
        for (const listener of listeners ?? []) listener(event)
      })
    },
    async subscribe(topic, onEvent) {
      const listener = (event: BusEvent) => onEvent(event)
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (!listeners.size && topics.get(topic) === listeners) topics.delete(topic)
      }
    },
    async close() {
      topics.clear()
    },
  }
}
