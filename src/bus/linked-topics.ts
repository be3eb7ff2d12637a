/** What this process listens to on its link: one subscription a topic, from before the first reader to a while after the last. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Unsubscribe } from './bus.ts'
import type { Link } from './link.ts'

/** Who leaves often comes back at once: a topic is let go of so much later. */
const UNSUBSCRIBE_AFTER_MS = 1_000
/** How long a reader waits for the link to listen; then the log brings what it misses. */
const LISTEN_PATIENCE_MS = 1_000

interface Topic {
  readers: number
  idle: NodeJS.Timeout | null
  /** null while there is no link. */
  listening: Promise<Unsubscribe | null> | null
}

export function linkedTopics(hear: (topic: string, text: string) => void) {
  const topics = new Map<string, Topic>()
  let link: Link | null = null

  function listen(name: string, topic: Topic): void {
    // Rejects only when the link is lost: then it listens on the next one.
    topic.listening = link?.subscribe(name, (text) => hear(name, text)).catch(() => null) ?? null
  }

  function opened(name: string): Topic {
    const topic: Topic = { readers: 0, idle: null, listening: null }
    topics.set(name, topic)
    listen(name, topic)
    return topic
  }

  /** Not before it listens: of a topic that is still being subscribed to the link cannot let go. */
  async function letGo(name: string, topic: Topic): Promise<void> {
    const unsubscribe = await topic.listening
    if (topic.readers || topics.get(name) !== topic) return
    topics.delete(name)
    unsubscribe?.()
  }

  return {
    /** Resolves when it is listened to; without a link at once, and after some patience whatever happens. */
    async join(name: string): Promise<void> {
      const topic = topics.get(name) ?? opened(name)
      topic.readers++
      if (topic.idle) clearTimeout(topic.idle)
      topic.idle = null
      if (topic.listening) await Promise.race([topic.listening, wait(LISTEN_PATIENCE_MS, undefined, { ref: false })])
    },
    leave(name: string): void {
      const topic = topics.get(name)
      if (!topic || --topic.readers) return
      topic.idle = setTimeout(() => void letGo(name, topic), UNSUBSCRIBE_AFTER_MS).unref()
    },
    /** From now on this one: all topics are subscribed to on it. */
    use(next: Link | null): void {
      link = next
      for (const [name, topic] of topics) listen(name, topic)
    },
  }
}
