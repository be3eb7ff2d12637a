import { beforeEach, inject } from 'vitest'

/** The tests around it run on one kind of database: a page is the same on any. */
export function onceIsEnough(): void {
  beforeEach(({ skip }) => {
    if (inject('database').kind !== 'pglite') skip('the page is the same on any database; once is enough')
  })
}
