/** Somebody who does not stop talking. */
import type { Actor } from './actor.ts'

/** Says one thing after the other until it is stopped. */
export function keepSaying(actor: Actor, conversation: string) {
  const texts: string[] = []
  let said = Promise.withResolvers<void>()
  let isOver = false
  async function say(): Promise<void> {
    while (!isOver) {
      const text = `said ${texts.length}`
      await actor.send(conversation, text)
      texts.push(text)
      said.resolve()
      said = Promise.withResolvers()
    }
  }
  const saying = say()
  return {
    texts,
    /** Resolves when so many more have been said. */
    async more(count: number) {
      const wanted = texts.length + count
      while (!isOver && texts.length < wanted) await Promise.race([said.promise, saying])
    },
    async stop() {
      isOver = true
      await saying
      return texts.at(-1) ?? ''
    },
  }
}
