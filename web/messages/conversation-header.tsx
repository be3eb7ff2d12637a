import type { Conversation, User } from '../../client/index.ts'
import { useConversationPresence } from '../../client/react.ts'
import { Avatar } from '../avatar.tsx'
import { titleOf } from '../conversations/title.ts'
import { Back, Ban, Flag } from '../icons.tsx'
import { agoOf } from '../times.ts'

interface Props {
  conversation: Conversation
  onReport: (user: User) => void
  onAvoid: (user: User) => void
}

export function ConversationHeader({ conversation, onReport, onAvoid }: Props) {
  const { id, peer, avatarUrl } = conversation
  const title = titleOf(conversation)
  const { online, users } = useConversationPresence(id)
  const presence = peer ? users.get(peer.id) : undefined
  return (
    <header className="conversation-head">
      <a className="icon-button back" href="#/" aria-label="Back to the list">
        <Back />
      </a>
      <Avatar id={peer?.id ?? id} name={title} url={avatarUrl ?? peer?.avatarUrl} presence={presence?.state} />
      <div>
        <h2>{title}</h2>
        <p>{peer ? whereIs(presence) : `${conversation.memberCount} members, ${online} online`}</p>
      </div>
      {peer && (
        <>
          <button
            type="button"
            className="icon-button"
            title={`Report ${title}`}
            aria-label={`Report ${title}`}
            onClick={() => onReport(peer)}
          >
            <Flag />
          </button>
          <button
            type="button"
            className="icon-button"
            title={`Block or mute ${title}`}
            aria-label={`Block or mute ${title}`}
            onClick={() => onAvoid(peer)}
          >
            <Ban />
          </button>
        </>
      )}
    </header>
  )
}

function whereIs(presence: { state: string; lastSeenAt: string | null } | undefined): string {
  if (presence?.state === 'ACTIVE') return 'Online'
  if (presence?.state === 'IDLE') return 'Away'
  return presence?.lastSeenAt ? `Last seen ${agoOf(presence.lastSeenAt)}` : 'Offline'
}
