import { describe, expect, test } from 'vitest'
import { newUuid } from '../lib/ids.ts'
import { idIn, userIn } from './kind.ts'

const [tenantId, id] = [newUuid(), newUuid()]

describe.for([
  ['userIn', userIn, 'userId'],
  ['idIn', idIn, 'id'],
] as const)('%s', ([, parse, field]) => {
  test('answers the names alone, whatever else another release has stored', () => {
    expect(parse({ tenantId, [field]: id, since: 1 })).toEqual({ tenantId, [field]: id })
  })

  test.for([null, undefined, 'text', {}, { tenantId }, { [field]: id }, { tenantId, [field]: 7 }])(
    'throws, naming what is missing, of %j',
    (stored) => {
      expect(() => parse(stored)).toThrow(/^a job’s (tenantId|userId|id) is no UUID$/)
    },
  )
})
