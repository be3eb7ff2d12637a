// What a finished run says in the end: the totals, and each skipped test with its reason.

import type { TestCase, TestModule } from 'vitest/node'

export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** `embedded tests/page.test.ts > shows a message: needs chromium` */
  reasons: string[]
}

/** Errors outside of tests count as failed, so that a file which does not load is never "0 failed". */
export function tally(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Tally {
  const total: Tally = { passed: 0, failed: unhandledErrors.length, skipped: 0, reasons: [] }
  for (const module of modules) {
    for (const suite of [module, ...module.children.allSuites()]) total.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const state = test.result().state
      if (state === 'passed') total.passed++
      else if (state === 'failed') total.failed++
      else {
        total.skipped++
        total.reasons.push(`${module.project.name} ${module.relativeModuleId} > ${test.fullName}: ${reasonOf(test)}`)
      }
    }
  }
  return total
}

function reasonOf(test: TestCase): string {
  const result = test.result()
  if (result.state === 'skipped' && result.note !== undefined) return result.note
  const missing = test.module.meta().missing
  return missing === undefined ? 'no reason given' : `needs ${missing.join(' and ')}`
}
