import type { User } from '../../client/index.ts'
import { useAvoided } from '../../client/react.ts'

interface Props {
  author: User | null
  onShow: () => void
}

/** Instead of what somebody says whom one wants nothing of. */
export function CollapsedText({ author, onShow }: Props) {
  const { blocked } = useAvoided()
  const what = blocked.has(author?.id ?? '') ? 'blocked' : 'muted'
  return (
    <p className="collapsed">
      Message of somebody you {what}{' '}
      <button type="button" onClick={onShow}>
        Show
      </button>
    </p>
  )
}
