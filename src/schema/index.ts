/** The schema: each import adds its nouns. Importing it opens nothing. */
import './account.ts'
import './conversation.ts'
import './error.ts'
import './event.ts'
import './limits.ts'
import './message.ts'
import './node.ts'
import './scalars.ts'
import './user.ts'
import { builder } from './builder.ts'

export const schema = builder.toSchema()
