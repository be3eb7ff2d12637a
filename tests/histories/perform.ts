/** Performs an operation. A refusal that is told by its type is an answer like any other; whatever else goes wrong is the product's fault. */
import { mutations } from './mutations.ts'
import type { Operation } from './operation.ts'
import { choose, type World } from './world.ts'

export type Outcome = 'DONE' | 'NOTHING TO DO' | 'REFUSED' | { fault: string }

type Result = { __typename: string; code?: string; explanation?: string }

export async function perform(world: World, operation: Operation): Promise<Outcome> {
  const { kind, choice } = operation
  if (kind === 'cutOrListen' || kind === 'beginAnew') return 'NOTHING TO DO'
  const asked = mutations[kind]({ ...choose(world, operation), world, choice })
  if (!asked) return 'NOTHING TO DO'
  const { mutation, input, note } = asked
  const connection = asked.by === 'back end' ? world.backEnd : asked.by.connection
  const { data, errors } = await connection.ask<Record<string, Result>>(textOf(mutation, asked.fields), { input })
  const result = data?.[mutation]
  if (errors || !result) return { fault: `${mutation} was answered ${JSON.stringify(errors)}` }
  if (result.code === undefined) note?.(result as object)
  if (result.code === 'SERVICE_UNAVAILABLE') return { fault: `${mutation} was answered ${JSON.stringify(result)}` }
  return result.code === undefined ? 'DONE' : 'REFUSED'
}

function textOf(mutation: string, fields = '__typename'): string {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1)
  return `mutation ($input: ${name}Input!) { ${mutation}(input: $input) { __typename ... on ${name}Payload { ${fields} } ... on ChatError { code explanation } } }`
}
