/** The schema: each import adds its nouns. Importing it opens nothing. */
import './account.ts'
import './conversation.ts'
import './conversation-mutations.ts'
import './error.ts'
import './event.ts'
import './invite.ts'
import './limits.ts'
import './log-events.ts'
import './member-mutations.ts'
import './message.ts'
import './node.ts'
import './own-mutations.ts'
import './scalars.ts'
import './user.ts'
import { builder } from './builder.ts'

export const schema = builder.toSchema()
