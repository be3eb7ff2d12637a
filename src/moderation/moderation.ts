/** The parts of moderation, made together: what is asked before something is done, who may not, and what is reported. */
import type { Config } from '../config.ts'
import type { Db } from '../db.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Log } from '../log.ts'
import type { Append } from '../messages/append.ts'
import type { Rates } from '../rates/rates.ts'
import { createBeforeSend } from './before-send.ts'
import { createCases } from './cases.ts'
import { createRateLimits } from './rate-limits.ts'
import { createReports } from './reports.ts'
import { createRestrictions } from './restrictions.ts'
import { createSafetyHook } from './safety-hook.ts'
import { createSlowMode } from './slow-mode.ts'

export type HookOptions = Pick<Config, 'safetyHookUrl' | 'safetyHookSecret'>
export const NO_HOOK: HookOptions = { safetyHookUrl: null, safetyHookSecret: null }

interface Dependencies {
  db: Db
  rates: Rates
  jobs: Jobs
  append: Append
  logger: Log
  hook: HookOptions
}

export function createModeration({ db, rates, jobs, append, logger, hook }: Dependencies) {
  const rateLimits = createRateLimits({ rates })
  return {
    rateLimits,
    beforeSend: createBeforeSend({ rateLimits, slowMode: createSlowMode({ db }), append }),
    restrictions: createRestrictions({ db }),
    reports: createReports({ jobs }),
    cases: createCases({ db, jobs }),
    safetyHook: createSafetyHook({ url: hook.safetyHookUrl, secret: hook.safetyHookSecret, logger }),
  }
}
