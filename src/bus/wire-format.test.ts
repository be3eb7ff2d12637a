import { describe, expect, test } from 'vitest'
import { type BusEvent, EVENT_VERSION } from '../events.ts'
import { eventOf } from './contract.ts'
import { decode, encode } from './wire-format.ts'

const { message, ...logged } = eventOf(7)
const whole: [string, BusEvent][] = [
  [
    'a message with all its dates',
    { ...logged, message: { ...message, deletedAt: message.createdAt, pinnedAt: message.createdAt } },
  ],
  ['an event about a message that its reader does not see', { ...logged, kind: 'MESSAGE_EDITED', message: null }],
  [
    'an event of the system, in the first life of the database',
    { ...logged, kind: 'CONVERSATION_ARCHIVED', actorId: null, epoch: 0n },
  ],
  [
    'metadata that looks like what is revived',
    {
      ...logged,
      message: {
        ...message,
        metadata: { at: 'yesterday', position: '1', epoch: 'jurassic', createdAt: 0, __proto__: 1 },
      },
    },
  ],
]
test.each(whole)('%s comes back as it was', (_, event) => {
  expect(decode(encode(event))).toEqual(event)
})

describe('is refused, whatever it is:', () => {
  const fields = JSON.parse(encode(eventOf(7))) as Record<string, unknown>
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['an event without a version', { ...fields, version: undefined }],
    ['without a seq', { ...fields, seq: undefined }],
    ['with a seq that is none', { ...fields, seq: 1.5 }],
    ['without a position', { ...fields, position: undefined }],
    ['with a position that is no number', { ...fields, position: 'first' }],
    ['without an epoch', { ...fields, epoch: undefined }],
    ['without a date', { ...fields, at: undefined }],
    ['with a date that is none', { ...fields, at: 'soon' }],
    ['with a message whose date is none', { ...fields, message: { ...message, createdAt: 'soon' } }],
  ])('%s', (_, given) => {
    expect(decode(JSON.stringify(given) ?? '')).toBe('UNPARSABLE')
  })

  test.each<[string, object]>([
    ['a version that is not known yet', { version: EVENT_VERSION + 1 }],
    ['a version that is known no longer', { version: EVENT_VERSION - 1 }],
    ['a kind that is not known', { kind: 'MESSAGE_SUNG' }],
    ['a kind that every object has', { kind: 'constructor' }],
  ])('%s', (_, other) => {
    expect(decode(JSON.stringify({ ...fields, ...other }))).toBe('UNKNOWN')
  })
})
