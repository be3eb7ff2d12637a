/** Asking, and asking again without what was refused: a refused field that may not be null takes all that stands beside it with it. */
import { parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { Answer } from '../actor.ts'
import type { Operation } from './operation.ts'
import { printed, rootFields } from './printed.ts'
import { type Depth, TooLong } from './select.ts'

export interface Asking {
  answer(document: string, variables?: object): Promise<Answer<unknown>>
}

/** Below the 128 KB that a body may have, and quickly parsed. */
const DOCUMENT_BYTES = 45_000
const ROUNDS = 15
/** From a message to its conversation and what else was said there. */
const DEEP = 2

/** What was in fact asked, read off the documents that went out. */
export class Asked {
  readonly fields = new Set<string>()
  readonly slots = new Set<string>()
  operations = 0
  readonly #documents = new Set<string>()

  note(document: string, operation: Operation, variables: object): void {
    this.operations++
    for (const { key, coordinate } of operation.slots) if (isGiven(variables, key)) this.slots.add(coordinate)
    if (this.#documents.has(document)) return
    this.#documents.add(document)
    const typeInfo = new TypeInfo(printed)
    visit(
      parse(document),
      visitWithTypeInfo(typeInfo, {
        Field: ({ name }) => void this.fields.add(`${typeInfo.getParentType()?.name}.${name.value}`),
      }),
    )
  }
}

function isGiven(variables: unknown, key: string): boolean {
  const at = key.split('.').reduce<unknown>((value, name) => {
    const inside = Array.isArray(value) ? value[0] : value
    return typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[name] : undefined
  }, variables)
  return at !== undefined
}

const written = new WeakMap<Operation, Map<string, string>>()

/** Written once, so that the server parses it once: a place is asked hundreds of times. */
function documentOf(operation: Operation, hops: number, skip: ReadonlySet<string> = new Set()): string {
  const known = written.get(operation) ?? new Map<string, string>()
  written.set(operation, known)
  const key = [hops, ...[...skip].sort()].join(' ')
  const document = known.get(key) ?? deepest(operation, { skip }, hops)
  known.set(key, document)
  return document
}

/** The deepest document that is not too long. */
export function deepest(operation: Operation, depth: Omit<Depth, 'hops' | 'mostBytes'>, hops = DEEP): string {
  for (let fewer = hops; fewer > 0; fewer--) {
    try {
      return operation.document({ ...depth, hops: fewer, mostBytes: DOCUMENT_BYTES })
    } catch (error) {
      if (!(error instanceof TooLong)) throw error
    }
  }
  return operation.document({ ...depth, hops: 0 })
}

export function createAsk(asked: Asked) {
  async function once(
    actor: Asking,
    operation: Operation,
    { document, variables }: { document: string; variables: object },
  ) {
    asked.note(document, operation, variables)
    const answer = await actor.answer(document, variables)
    assertUnderstood(answer, document)
    return answer
  }

  return {
    /** As an error or a null would be seen, and little more. */
    shallow: (actor: Asking, operation: Operation, variables: object) =>
      once(actor, operation, { document: documentOf(operation, 0), variables }),

    /** Once, however much of it is refused: for what must not be done twice. */
    deep: (actor: Asking, operation: Operation, variables: object) =>
      once(actor, operation, { document: documentOf(operation, DEEP), variables }),

    /** Until nothing more is refused. All the answers. */
    async persistent(actor: Asking, operation: Operation, variables: object, hops = DEEP): Promise<Answer<unknown>[]> {
      const skip = new Set<string>()
      const answers: Answer<unknown>[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const document = documentOf(operation, hops, skip)
        const answer = await once(actor, operation, { document, variables })
        answers.push(answer)
        const refused = refusedPaths(answer).filter((path) => path.startsWith(`${operation.path}.`) && !skip.has(path))
        if (!refused.length) break
        for (const path of refused) skip.add(path)
      }
      return answers
    },
  }
}

export type Ask = ReturnType<typeof createAsk>

export function refusedPaths({ errors }: Pick<Answer<unknown>, 'errors'>): string[] {
  return errors
    .map(({ path }) => (Array.isArray(path) ? path : []))
    .map((path) => ['data', ...path.filter((key) => typeof key === 'string')].join('.'))
}

const roots = new Set(
  [...rootFields('query'), ...rootFields('mutation'), ...rootFields('subscription')].map(({ name }) => name),
)

/** A document that is refused before anything is executed would prove nothing. */
function assertUnderstood({ status, data, errors }: Answer<unknown>, document: string): void {
  if (status !== 400 || data !== null || errors.some(({ path }) => Array.isArray(path) && roots.has(String(path[0]))))
    return
  throw new Error(
    `the server did not take what the walk asked: ${JSON.stringify(errors).slice(0, 2_000)}\n${document.slice(0, 500)}`,
  )
}
