/** Somebody is blocked or muted, or no longer. */
import type { Avoided } from '../safety.ts'
import type { Refresher } from './refresher.ts'
import type { Store } from './store.ts'

export function avoid(store: Store, kind: keyof Avoided, userId: string, isSo: boolean, refresher: Refresher): void {
  if (store.avoided[kind].has(userId) === isSo) return
  const others = [...store.avoided[kind]].filter((id) => id !== userId)
  store.setAvoided({ ...store.avoided, [kind]: new Set(isSo ? [...others, userId] : others) })
  if (kind === 'muted') return
  // What may be done in the direct conversation with him is another now.
  for (const { id, shared, peers } of store.records.values())
    if (shared?.kind === 'DIRECT' && peers[0]?.id === userId) refresher.ask(id)
}
