/** The one place where consumers of the log are registered. */

import type { Consumer } from './consumer.ts'
import { countMessages } from './count-messages.ts'

export const consumers: readonly Consumer[] = [countMessages]
