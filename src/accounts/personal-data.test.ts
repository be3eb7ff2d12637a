import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tablesInSchema } from '../../tests/support/tables.ts'
import { type PersonalTables, personalData } from './personal-data.ts'

const stored = tablesInSchema(readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8'))
const listed: PersonalTables = personalData

test('every column of every table is listed, and no other', () => {
  const columns = (tables: [string, { columns: object }][]) =>
    Object.fromEntries(tables.map(([name, table]) => [name, Object.keys(table.columns).sort()]))
  expect(columns(Object.entries(listed))).toEqual(columns([...stored]))
})

test('nothing personal is kept, and what is emptied tells whose it is', () => {
  for (const [name, { rows, of, columns }] of Object.entries(listed)) {
    const told = Object.values(columns)
    if (rows === 'KEPT')
      expect(
        told.filter((each) => each !== 'PLAIN' && each !== 'ID'),
        name,
      ).toEqual([])
    if (rows === 'EMPTIED') expect(told, name).not.toContain('PERSONAL')
    if (rows !== 'EMPTIED')
      expect(
        told.filter((each) => typeof each === 'object'),
        name,
      ).toEqual([])
    if (rows !== 'KEPT' && rows !== 'WITH_MESSAGES') expect(Object.keys(columns), name).toContain(of)
  }
})
