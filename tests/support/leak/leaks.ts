/** What the walk found, each once. */
import type { Answer } from '../actor.ts'
import { isUnexpected } from './alike.ts'
import type { Secrets } from './secrets.ts'

export interface Leak {
  /** The argument or list that was asked: `Query.node(id)`. */
  place: string
  /** What was given there. */
  given: string
  /** Where the answer showed it, or how it differed. */
  shown: string
}

export class Leaks {
  readonly #secrets: Secrets
  readonly #worlds: readonly string[]
  readonly #found = new Map<string, Leak>()

  constructor(secrets: Secrets, worlds: readonly string[]) {
    this.#secrets = secrets
    this.#worlds = worlds
  }

  get all(): Leak[] {
    return [...this.#found.values()]
  }

  add(leak: Leak): void {
    this.#found.set(Object.values(leak).join(' '), leak)
  }

  /** Searches an answer for what the asker must not see, and had not given himself. */
  search(answer: unknown, { place, given, asked }: { place: string; given: string; asked: unknown }): void {
    for (const { path, what } of this.#secrets.find(answer, { given: asked, worlds: this.#worlds }))
      this.add({ place, given, shown: `${path}: ${what}` })
  }

  expectTyped(answer: Answer<unknown>, { place, given }: Pick<Leak, 'place' | 'given'>): void {
    if (isUnexpected(answer)) this.add({ place, given, shown: `an unexpected error: ${answer.status}` })
  }
}
