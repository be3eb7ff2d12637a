/** Forgets what is kept for repeats alone: what mutations answered, and which client message ids were stored. Who asks again after that asks anew. */
import { recurringKind } from '../jobs/kind.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Append } from '../messages/append.ts'

/** Promised are 30 days. */
const KEPT_DAYS = 31

export const forgetAnswers = ({ append }: { append: Append }): JobHandler => ({
  kind: recurringKind('forget-answers', '43 * * * *'),
  async handle(_, signal) {
    while (!signal.aborted && (await append.forget(KEPT_DAYS)) === 'more');
  },
})
