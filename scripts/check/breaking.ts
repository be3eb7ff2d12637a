/** Deprecate, never break: what a client of the last release may ask must still be answered by schema.graphql. */
import { readFileSync } from 'node:fs'
import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import { report } from './report.ts'

const schema = (path: string) => buildSchema(readFileSync(path, 'utf8'))
const changes = await diff(schema('schema.released.graphql'), schema('schema.graphql'))

report(
  changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(
      ({ message }) =>
        `${message}: this breaks clients of schema.released.graphql; deprecate it and add the new beside it`,
    ),
)
