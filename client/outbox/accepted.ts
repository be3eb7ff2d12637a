/** What a mutation answers: the payload that was asked for, or else it is refused. */
import { RequestError } from '../errors.ts'
import type { RefusalFragment } from '../generated/graphql.ts'

/** Throws a RequestError for whatever is not the payload. */
export function accepted<Result extends { __typename: string }, Name extends Result['__typename']>(
  result: Result,
  name: Name,
): Extract<Result, { __typename: Name }> {
  if (result.__typename === name) return result as Extract<Result, { __typename: Name }>
  const { code, explanation, ...how } = result as unknown as RefusalFragment
  throw new RequestError(code ?? 'BAD_REQUEST', explanation ?? `The answer was a ${result.__typename}`, how)
}
