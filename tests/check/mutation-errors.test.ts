/** What comes with every mutation that is done once: `resolvers/idempotent.ts` throws it, so each of their unions must hold it. */
import { getNamedType, isInputObjectType, isUnionType } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../support/printed-schema.ts'

const repeatable = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ args: [input] }) => {
  const type = input && getNamedType(input.type)
  return isInputObjectType(type) && 'clientMutationId' in type.getFields()
})

test.for(repeatable.map(({ name, type }) => [name, getNamedType(type)] as const))(
  '%s may be refused for its client’s id, and for being asked too often',
  ([, result]) => {
    const names = isUnionType(result) ? result.getTypes().map(({ name }) => name) : []
    expect(names).toEqual(expect.arrayContaining(['IdempotencyConflict', 'RateLimited', 'ServiceUnavailable']))
  },
)
