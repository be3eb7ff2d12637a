// Three projects. `pure` needs nothing; the others run the same suites on the embedded database and on a real
// PostgreSQL, the latter only where one is found. `npm test` (scripts/test.ts) tells what did not run.

import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { requirements } from './scripts/requirements.ts'

const require = createRequire(import.meta.url)

const onDatabase = {
  include: ['src/**/*.int.test.ts', 'tests/**/*.test.ts'],
  exclude: ['tests/{check,simulate,simulate-kit}/**'],
  globalSetup: './tests/support/global-setup.ts',
  // Files that one process runs after each other share the modules it has loaded, which is a third of the work. So a file
  // that changes what all share (a global, a prototype) changes it back when it is done.
  isolate: false,
}
const pure = {
  include: [
    '{src,scripts,client,web,bench,demo}/**/*.test.{ts,tsx}',
    'tests/{check,simulate,simulate-kit}/**/*.test.ts',
  ],
  exclude: ['**/*.int.test.ts', '**/node_modules/**'],
}

export default defineConfig({
  resolve: {
    // Vite would take graphql's ESM for us while libraries, loaded by Node itself, get its CommonJS: two copies, and
    // "Cannot use GraphQLSchema from another module or realm". tests/check/one-graphql.test.ts holds this.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    pool: 'forks',
    // Tests wait for sockets, servers and timers more than they compute.
    maxWorkers: Math.max(4, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { test: { name: 'pure', ...pure } },
      { test: { name: 'embedded', ...onDatabase } },
      ...(requirements.postgres.find() === null ? [] : [{ test: { name: 'postgres', ...onDatabase } }]),
    ],
  },
})
