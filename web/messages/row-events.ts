import type { Message, User } from '../../client/index.ts'
import type { Draft } from '../composer/draft.ts'

/** What a message asks of the list around it. The same object as long as that does the same. */
export interface RowEvents {
  draft: (draft: Draft) => void
  delete: (message: Message) => void
  report: (message: Message) => void
  /** To block or mute him. */
  avoid: (user: User) => void
  focus: (key: string) => void
  /** Another message, that this one answers to. */
  show: (messageId: string) => void
}
