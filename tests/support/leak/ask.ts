/** Asking, and asking again without what was refused: a refused field that may not be null takes all that stands beside it with it. */
import { parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { Answer } from '../actor.ts'
import type { Operation } from './operation.ts'
import { printed, rootFields } from './printed.ts'
import type { Depth } from './select.ts'

export interface Asking {
  answer(document: string, variables?: object): Promise<Answer<unknown>>
}

/** Below the 128 KB that a body may have. */
const DOCUMENT_BYTES = 60_000
const ROUNDS = 15
/** A quote's quote is 2 from a message, 3 from its conversation. */
const DEEP = 3

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

const written = new WeakMap<Operation, Map<number, string>>()

/** Written once: a place is asked hundreds of times. */
function whole(operation: Operation, hops: number): string {
  const known = written.get(operation) ?? new Map<number, string>()
  written.set(operation, known)
  const document = known.get(hops) ?? (hops === 0 ? operation.document({ hops }) : deepest(operation, {}, hops))
  known.set(hops, document)
  return document
}

/** The deepest document that is not too long. */
export function deepest(operation: Operation, depth: Omit<Depth, 'hops'>, hops = DEEP): string {
  const document = operation.document({ ...depth, hops })
  return Buffer.byteLength(document) <= DOCUMENT_BYTES || hops === 0 ? document : deepest(operation, depth, hops - 1)
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
      once(actor, operation, { document: whole(operation, 0), variables }),

    /** Once, however much of it is refused: for what must not be done twice. */
    deep: (actor: Asking, operation: Operation, variables: object) =>
      once(actor, operation, { document: whole(operation, DEEP), variables }),

    /** Until nothing more is refused. All the answers. */
    async persistent(actor: Asking, operation: Operation, variables: object, hops = DEEP): Promise<Answer<unknown>[]> {
      const skip = new Set<string>()
      const answers: Answer<unknown>[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const document = skip.size ? deepest(operation, { skip }, hops) : whole(operation, hops)
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
