import type { Message, User } from '../../client/index.ts'

/** What is reported: the message where there is one, else its author. */
export interface Reported {
  message: Message | null
  user: User | null
}
