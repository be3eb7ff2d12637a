/** Reads whatever there is to read: about some ids, by every query that takes one; and everything that needs none. */
import type { Answer } from '../actor.ts'
import { type Ask, type Asking, refusedPaths } from './ask.ts'
import { emptyHarvest, fewOfEach, type Harvest, harvest, kindOf } from './harvest.ts'
import { type Operation, rootOperations } from './operation.ts'
import { isRefusal } from './printed.ts'
import { content, type Fill, type Slot } from './slots.ts'

const queries = rootOperations('query')

/** What is found of a new kind is read about, too. */
export async function readAbout(ask: Ask, actor: Asking, id: string): Promise<Harvest> {
  const found = emptyHarvest()
  const kinds = new Set<string>()
  for (let next = [id]; next.length; ) {
    for (const each of next) {
      kinds.add(kindOf(each))
      for (const { answers } of await about(ask, actor, each, 1)) for (const { data } of answers) harvest(data, found)
    }
    next = fewOfEach(found.ids).filter((id) => !kinds.has(kindOf(id)))
  }
  return found
}

export async function about(ask: Ask, actor: Asking, id: string, hops?: number): Promise<Reading[]> {
  const readings: Reading[] = []
  for (const operation of queries)
    for (const slot of operation.slots.filter(({ typeName }) => typeName === 'ID')) {
      const variables = operation.variables(({ key }) => (key === slot.key ? id : undefined))
      if (saysSomething(await ask.shallow(actor, operation, variables), operation))
        readings.push({ operation, variables, answers: await ask.persistent(actor, operation, variables, hops) })
    }
  return readings
}

export interface Reading {
  operation: Operation
  variables: object
  answers: Answer<unknown>[]
}

/** Every query that needs no id, bare and with each of its options: a word to search for, too. */
export async function lists(ask: Ask, actor: Asking, operations: readonly Operation[] = queries): Promise<Reading[]> {
  const readings: Reading[] = []
  for (const operation of operations.filter(({ slots }) => !slots.some(needsId)))
    for (const fill of fillsOf(operation)) {
      const variables = operation.variables(fill)
      readings.push({ operation, variables, answers: await ask.persistent(actor, operation, variables) })
    }
  return readings
}

const needsId = ({ typeName, isRequired }: Slot) => typeName === 'ID' && isRequired

function fillsOf({ slots }: Operation): Fill[] {
  const options = slots.filter(({ typeName, isRequired }) => typeName !== 'ID' && !isRequired)
  const searching = options.map(
    ({ key }): Fill =>
      (slot) =>
        slot.key === key ? content(slot, 'needle') : undefined,
  )
  return [(slot) => (slot.isRequired ? content(slot, 'needle') : undefined), ...searching]
}

/** More than null, an empty list or a refusal of the whole: then it is worth asking for everything. */
export function saysSomething(answer: Answer<unknown>, { root, path: at }: Operation): boolean {
  const { data } = answer
  // A refused field inside has taken with it what it stands in: something is there.
  if (refusedPaths(answer).some((path) => path.startsWith(`${at}.`))) return true
  const result = (data as Record<string, unknown> | null)?.[root]
  const typeName = (result as { __typename?: unknown } | null)?.__typename
  return result != null && !isRefusal(typeName) && JSON.stringify(result).includes('__typename')
}
