/** A number that only rises, and that can be waited for. */
export interface Gauge {
  readonly value: number
  raise(to: number): void
  reached(mark: number): Promise<void>
}

export function createGauge(): Gauge {
  let value = 0
  let waiting: { mark: number; resolve: () => void }[] = []
  return {
    get value() {
      return value
    },
    raise(to) {
      if (to <= value) return
      value = to
      const reached = waiting.filter(({ mark }) => mark <= value)
      waiting = waiting.filter(({ mark }) => mark > value)
      for (const { resolve } of reached) resolve()
    },
    reached: (mark) =>
      mark <= value ? Promise.resolve() : new Promise((resolve) => void waiting.push({ mark, resolve })),
  }
}
