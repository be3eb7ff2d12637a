/** Performs an operation. A refusal that is told by its type is an answer like any other; whatever else goes wrong is the product's fault. */
import { mutations } from './mutations.ts'
import type { Operation } from './operation.ts'
import { choose, type World } from './world.ts'

export type Outcome = 'DONE' | 'NOTHING TO DO' | 'REFUSED' | { fault: string }

type Result = { __typename: string; code?: string; explanation?: string }

/** Who may not is followed by others who may: refusals are part of it, and no more than that. */
const ATTEMPTS = 4

export async function perform(world: World, operation: Operation): Promise<Outcome> {
  let outcome = await attempt(world, operation)
  for (let n = 1; n < ATTEMPTS && outcome === 'REFUSED'; n++)
    outcome = await attempt(world, { ...operation, user: operation.user + n })
  return outcome
}

async function attempt(world: World, operation: Operation): Promise<Outcome> {
  const { kind, choice } = operation
  if (kind === 'cutOrListen' || kind === 'beginAnew') return 'NOTHING TO DO'
  const asked = mutations[kind]({ ...choose(world, operation), world, choice })
  if (!asked) return 'NOTHING TO DO'
  const { mutation, input, note } = asked
  const connection = asked.by === 'back end' ? world.backEnd : asked.by.connection
  const { data, errors } = await connection.ask<Record<string, Result>>(textOf(mutation, asked.fields), { input })
  const result = data?.[mutation]
  // Nothing was down: who was told so met a deadlock, or worse.
  if (errors || !result || result.code === 'SERVICE_UNAVAILABLE')
    return { fault: `${mutation} was answered ${JSON.stringify(errors ?? result)}` }
  if (result.code !== undefined) return 'REFUSED'
  note?.(result as object)
  return 'DONE'
}

function textOf(mutation: string, fields = '__typename'): string {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1)
  return `mutation ($input: ${name}Input!) { ${mutation}(input: $input) { __typename ... on ${name}Payload { ${fields} } ... on ChatError { code explanation } } }`
}
