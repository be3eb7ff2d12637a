import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const recipes = join(root, 'tests/clients/recipes')

test('the guide for clients shows the code that the journeys of clients run, all of it and to the letter', () => {
  const guide = readFileSync(join(root, 'docs/CLIENTS.md'), 'utf8')
  const shown = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)
  const run = readdirSync(recipes).map((file) => readFileSync(join(recipes, file), 'utf8'))
  expect(shown.toSorted()).toEqual(run.toSorted())
})
