// What tests need besides node_modules, where it is, and the one line that provides it.

import { existsSync } from 'node:fs'
import { environment } from './environment.ts'
import { findChromium, findPostgres, findRedis, findSwift } from './services/find.ts'

interface Requirement {
  /** Its place, or null when this machine does not have it. */
  find(): string | null
  /** What is not tested without it. */
  tests: string
  provide: string
  /** CI must have it: `.ci/run` installs it. */
  fromDebian: boolean
}

export const requirements = {
  postgres: {
    find: () => environment.testDatabaseUrl ?? findPostgres(),
    tests: 'every suite once more, on a real PostgreSQL',
    provide: 'apt-get install postgresql',
    fromDebian: true,
  },
  redis: {
    find: () => environment.testRedisUrl ?? findRedis(),
    tests: 'Redis as the bus, and two nodes that share one',
    provide: 'apt-get install redis-server',
    fromDebian: true,
  },
  swift: {
    find: () => findSwift(),
    tests: 'files in an S3 server that checks signatures',
    provide: 'apt-get install swift-proxy swift-account swift-container swift-object',
    fromDebian: true,
  },
  chromium: {
    find: () => findChromium(),
    tests: 'pages in a real browser',
    provide: 'apt-get install chromium',
    fromDebian: true,
  },
  corpus: {
    find: () => folderNamedBy('CORPUS_DIR', environment.corpusDir),
    tests: 'recorded conversations, played through the server',
    provide: 'CORPUS_DIR=<folder of *.jsonl conversations> npm test',
    fromDebian: false,
  },
  specs: {
    find: () => folderNamedBy('SPECS_DIR', environment.specsDir),
    tests: "contracts with vendors' published API descriptions",
    provide: 'SPECS_DIR=<folder of API descriptions> npm test',
    fromDebian: false,
  },
} satisfies Record<string, Requirement>

export type RequirementName = keyof typeof requirements

declare module 'vitest' {
  interface TaskMeta {
    /** What a test file asked for and did not get (tests/support/needs.ts): why its tests were skipped. */
    missing?: RequirementName[]
  }
}

export function missingRequirements(): [RequirementName, Requirement][] {
  const all = Object.entries(requirements) as [RequirementName, Requirement][]
  return all.filter(([, requirement]) => requirement.find() === null)
}

// Set but wrong is a mistake to be told of, not a reason to skip.
function folderNamedBy(variable: string, folder: string | null): string | null {
  if (folder !== null && !existsSync(folder)) throw new Error(`${variable} names ${folder}, which is not there`)
  return folder
}
