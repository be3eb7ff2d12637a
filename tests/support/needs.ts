import { TestRunner } from 'vitest'
import { type RequirementName, requirements } from '../../scripts/requirements.ts'

/**
 * The place of what a test file needs, or null when this machine does not have it. At the top of the file:
 *
 *     const chromium = needs('chromium')
 *     test.skipIf(chromium === null)('the page shows what was sent', ...)
 *
 * A test that does not apply for any other reason says so itself: `({ skip }) => skip('PGlite has one connection')`.
 */
export function needs(name: RequirementName): string | null {
  const place = requirements[name].find()
  if (place === null) {
    const { meta } = TestRunner.getCurrentSuite().file
    meta.missing = [...(meta.missing ?? []), name]
  }
  return place
}
