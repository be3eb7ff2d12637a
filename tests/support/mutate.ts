/** Any mutation, by its name, with whatever fields of its payload a test looks at. */
import type { Actor, BackEnd } from './actor.ts'

export type Result = { __typename: string; [key: string]: unknown }

export async function mutate(
  actor: Actor | BackEnd,
  name: string,
  input: object,
  fields = '__typename',
): Promise<Result> {
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  const query = `mutation ($input: ${capital}Input!) { ${name}(input: $input) { __typename ... on ${capital}Payload { ${fields} } ... on ChatError { code explanation } } }`
  return (await actor.ask<Record<string, Result>>(query, { input }))[name] as Result
}
