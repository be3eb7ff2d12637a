/** A server that is killed and started again has several lives: who loses a connection asks whether its life has ended, or nothing explains the loss. */

export interface Lives {
  /** The one that is lived now, from 1; between two of them it waits for the next. */
  current(): Promise<number>
  hasEnded(life: number): boolean
  /** Ends the current life at once; resolves when the next one has begun. */
  restart(): Promise<void>
}

/** `restart` kills at once, and resolves when the server answers again. */
export function createLives(restart: () => Promise<void>): Lives {
  let life = 1
  let begun = Promise.resolve()
  return {
    async current() {
      for (let awaited: typeof begun | null = null; awaited !== begun; ) {
        awaited = begun
        await awaited
      }
      return life
    },
    hasEnded: (of) => of < life,
    restart() {
      life++
      begun = restart()
      return begun
    },
  }
}

/** Does the work again for as long as the life ends in which it failed. It must bear being done twice. */
export async function survive<T>(lives: Lives, work: (life: number) => Promise<T>): Promise<T> {
  for (;;) {
    const life = await lives.current()
    try {
      return await work(life)
    } catch (error) {
      if (!lives.hasEnded(life)) throw error
    }
  }
}
