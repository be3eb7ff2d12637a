/** Tells the operator's own system of what cannot wait: ids only, signed, until it answers that it has it. Without a URL it stands in the log. */
import { createHmac } from 'node:crypto'
import { jobKind, uuidIn } from '../jobs/kind.ts'
import type { Log } from '../log.ts'
import type { Uuid } from '../model.ts'

/** Sent with the case; a try that fails is made again for about two days, then it is a dead letter. */
export const tellOperatorKind = jobKind<{ tenantId: Uuid; caseId: Uuid }>({
  name: 'tell-operator',
  parse: (stored) => ({ tenantId: uuidIn(stored, 'tenantId'), caseId: uuidIn(stored, 'caseId') }),
  retries: 60,
  expireSeconds: 60,
})

const SIGNATURE_HEADER = 'parley-signature'
const TIMEOUT_MS = 10_000

export interface Told {
  type: 'child_safety.reported'
  /** These are TypeIDs. */
  tenantId: string
  caseId: string
  reason: string
  messageId: string | null
  userId: string | null
  conversationId: string | null
  reportedAt: Date
}

export interface SafetyHook {
  tell(told: Told, signal: AbortSignal): Promise<void>
}

interface Given {
  url?: string | null
  secret?: string | null
  logger: Log
}

export function createSafetyHook({ url = null, secret = null, logger }: Given): SafetyHook {
  return {
    async tell(told, signal) {
      if (url === null || secret === null)
        return logger.warn({ ...told }, 'danger to a child was reported; set SAFETY_HOOK_URL to be told')
      const body = JSON.stringify(told)
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [SIGNATURE_HEADER]: signature(body, { secret, at: new Date() }),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`SAFETY_HOOK_URL answered ${response.status}`)
    },
  }
}

/** `t=` seconds, `v1=` HMAC-SHA256 in hex of `t.body`: who checks both takes no repeat of long ago. */
function signature(body: string, { secret, at }: { secret: string; at: Date }): string {
  const t = Math.floor(at.getTime() / 1_000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}
