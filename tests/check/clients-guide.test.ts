import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const examples = join(root, 'examples')

test('the guide for clients shows the code that the journeys of clients run, all of it and to the letter', () => {
  const guide = readFileSync(join(root, 'docs/CLIENTS.md'), 'utf8')
  const shown = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)
  const run = readdirSync(examples).map((file) => readFileSync(join(examples, file), 'utf8'))
  expect(shown.toSorted()).toEqual(run.toSorted())
})

test('an example is short enough to be read at once', () => {
  const lines = readdirSync(examples).map((file) => [
    file,
    readFileSync(join(examples, file), 'utf8').split('\n').length - 1,
  ])
  expect(lines.filter(([, count]) => Number(count) > 60)).toEqual([])
})
