/**
 * What delivery rests on, each with the patch that takes it away from a copy of the source and a seed that shows it. A rule that lives in SQL is taken
 * away from the statement and, for the run, from what stands in for it here. A patch that no longer fits exactly once is stale, and stops the run.
 */
import { delivery, type Patch, type Rule } from './rule.ts'
import { RULES_OF_ITS_OWN } from './rules-of-its-own.ts'
import { RULES_OF_READERS } from './rules-of-readers.ts'
import { RULES_OF_THE_LOG } from './rules-of-the-log.ts'

/** Small, so that short histories have full pages and full queues. Part of every run. */
export const SCALE: readonly Patch[] = [
  delivery('log')('export const PAGE = 300', 'export const PAGE = 3'),
  delivery('conversation-live')('export const QUEUE_LIMIT = 1_024', 'export const QUEUE_LIMIT = 5'),
]

export const RULES: readonly Rule[] = [...RULES_OF_THE_LOG, ...RULES_OF_READERS, ...RULES_OF_ITS_OWN]
