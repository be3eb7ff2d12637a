/** A Readable that is computed from other state, when it is asked for or somebody listens. */
import { type Readable, writable } from './readable.ts'

export interface View<T> extends Readable<T> {
  /** What it is computed from has changed. Listeners are told once for all that changes in one go. */
  invalidate(): void
}

/** `observed`, as of `writable`. */
export function view<T>(compute: () => T, observed?: () => () => void): View<T> {
  const shown = writable<T | undefined>(undefined, observed)
  let value: T | undefined
  let isDirty = true
  let isToTell = false

  function get(): T {
    if (isDirty) value = compute()
    isDirty = false
    return value as T
  }

  return {
    get,
    subscribe(listener) {
      get()
      return shown.subscribe((now) => listener(now as T))
    },
    invalidate() {
      isDirty = true
      if (isToTell) return
      isToTell = true
      queueMicrotask(() => {
        isToTell = false
        shown.set(get())
      })
    },
  }
}
