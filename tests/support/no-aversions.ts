/** Where nobody has blocked or muted anybody. */
import { NO_AVERSIONS } from '../../src/conversations/aversions.ts'
import type { AversionsNow } from '../../src/delivery/aversions-now.ts'

export const noAversionsNow: Pick<AversionsNow, 'of'> = {
  of: async () => ({ now: NO_AVERSIONS, stop: () => undefined }),
}
