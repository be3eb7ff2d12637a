/** Below what was said: where to say something, or why not. */
import type { Conversation } from '../../client/index.ts'
import { useAvoided } from '../../client/react.ts'
import { Composer } from '../composer/composer.tsx'
import type { Draft } from '../composer/draft.ts'
import { RequestPanel } from '../requests/request-panel.tsx'
import { WaitingNote } from '../requests/waiting-note.tsx'
import { BlockedPanel } from '../safety/blocked-panel.tsx'
import type { OpenMessages } from './use-reading.ts'

interface Props {
  conversation: Conversation
  open: OpenMessages
  draft: Draft
  onDraft: (draft: Draft) => void
  onReport: () => void
}

export function ConversationFoot({ conversation, open, draft, onDraft, onReport }: Props) {
  const { blocked } = useAvoided()
  const { peer, isRequest } = conversation
  if (peer && blocked.has(peer.id)) return <BlockedPanel user={peer} />
  if (isRequest) return <RequestPanel conversation={conversation} onReport={onReport} />
  return (
    <>
      <WaitingNote conversation={conversation} hasSaid={open.messages.some(({ isOwn }) => isOwn)} />
      <Composer key={draft.key} conversation={conversation} open={open} draft={draft} onDraft={onDraft} />
    </>
  )
}
