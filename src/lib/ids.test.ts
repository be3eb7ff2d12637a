import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeId, encodeId, newUuid, prefixOf } from './ids.ts'

test('an id goes out as a TypeID and comes back as the same UUID, under its own prefix only', () => {
  expect(encodeId('conv', '01890a5d-ac96-774b-bcce-b302099a8057')).toBe('conv_01h455vb4pex5vsknk084sn02q')
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const id = encodeId('msg', uuid)
      expect(prefixOf(id)).toBe('msg')
      expect(decodeId('msg', id)).toBe(uuid)
      expect(decodeId('usr', id)).toBeNull()
    }),
  )
})

test('a UUID has one id: whatever else is decoded to it is refused', () => {
  const id = encodeId('usr', '01890a5d-ac96-774b-bcce-b302099a8057')
  const characters = fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCILOU_- ')
  fc.assert(
    fc.property(
      fc.nat({ max: id.length }),
      fc.nat({ max: 2 }),
      fc.string({ unit: characters, maxLength: 2 }),
      (at, cut, put) => {
        const changed = id.slice(0, at) + put + id.slice(at + cut)
        const uuid = decodeId('usr', changed)
        if (uuid !== null) expect(encodeId('usr', uuid)).toBe(changed)
      },
    ),
    { numRuns: 1_000, seed: 1 },
  )
})

test.each(['', 'usr', 'usr_', '_', 'usr_8zzzzzzzzzzzzzzzzzzzzzzzzz', '01890a5d-ac96-774b-bcce-b302099a8057', 'usr_\0'])(
  '%j is no id',
  (id) => {
    expect(decodeId('usr', id)).toBeNull()
  },
)

test('new UUIDs are of version 7, and each is another one', () => {
  const uuids = Array.from({ length: 1_000 }, newUuid)
  for (const uuid of uuids)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(uuids).size).toBe(uuids.length)
})
