import { Down } from '../icons.tsx'

export function ToNewest({ isAway, unread, onClick }: { isAway: boolean; unread: number; onClick: () => void }) {
  if (!isAway) return null
  return (
    <button
      type="button"
      className="to-newest"
      aria-label={`To the newest message${unread ? `, ${unread} unread` : ''}`}
      onClick={onClick}
    >
      <Down />
      {unread > 0 && <span className="badge">{unread}</span>}
    </button>
  )
}
