import { expect, test } from 'vitest'
import { saidTables } from './export-said.ts'
import { leftOut, ownTables } from './exported.ts'
import { type PersonalTables, personalData } from './personal-data.ts'

const listed = Object.entries(personalData as PersonalTables)

test('whatever is called personal is given, or left out with a reason', () => {
  const isGiven = (name: string) =>
    saidTables.includes(name) || name in leftOut || ownTables.some((table) => table.name === name)
  const personal = listed.filter(([, { columns }]) =>
    Object.values(columns).some((kind) => kind === 'PERSONAL' || typeof kind === 'object'),
  )
  expect(personal.map(([name]) => name).filter((name) => !isGiven(name))).toEqual([])
})

test('nothing is left out that is not there', () => {
  const known = listed.flatMap(([name, { columns }]) => [
    name,
    ...Object.keys(columns).map((column) => `${name}.${column}`),
  ])
  expect(Object.keys(leftOut).filter((name) => !known.includes(name))).toEqual([])
})
