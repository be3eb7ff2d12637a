/** A bus between the nodes of a run: it loses, holds back, swaps and repeats. */
import type { Bus } from '../../src/bus/bus.ts'
import { type BusEvent, topicOf } from '../../src/events.ts'
import type { Random } from '../support/adversary.ts'
import type { Clock } from './clock.ts'

type Listener = (event: BusEvent) => void

export type BadBus = ReturnType<typeof createBadBus>

export function createBadBus({
  clock,
  dice: { chance, below },
  isBad,
}: {
  clock: Clock
  dice: Random
  isBad: () => boolean
}) {
  const nodes = new Set<Map<string, Set<Listener>>>()

  function carry(event: BusEvent, topics: Map<string, Set<Listener>>): void {
    const lateMs = isBad() && chance(0.2) ? (chance(0.1) ? below(4_000) : below(80)) : below(4)
    clock.after(lateMs, () => {
      if (nodes.has(topics)) for (const listener of [...(topics.get(topicOf(event)) ?? [])]) listener(event)
    })
  }

  return {
    publish(events: readonly BusEvent[]): void {
      if (isBad() && chance(0.1)) return // whoever committed died before he could tell
      for (const event of events)
        for (const topics of nodes) {
          if (isBad() && chance(0.15)) continue
          carry(event, topics)
          if (isBad() && chance(0.05)) carry(event, topics)
        }
    },

    /** A node's end of it. */
    connect(): { bus: Bus; cut: () => void } {
      const topics = new Map<string, Set<Listener>>()
      nodes.add(topics)
      const bus: Bus = {
        publish: () => undefined,
        async subscribe(topic, onEvent) {
          await clock.wait(below(6))
          const listener: Listener = (event) => onEvent(event)
          topics.set(topic, (topics.get(topic) ?? new Set()).add(listener))
          await clock.wait(below(3))
          return () => topics.get(topic)?.delete(listener)
        },
        close: () => Promise.resolve(),
      }
      return { bus, cut: () => void nodes.delete(topics) }
    },
  }
}
