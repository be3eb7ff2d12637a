import type { Conversation } from '../../client/index.ts'

/** What a conversation is called: of two people it is the other one's name. */
export function titleOf({ title, peer, kind }: Pick<Conversation, 'title' | 'peer' | 'kind'>): string {
  return title ?? peer?.name ?? (kind === 'DIRECT' ? 'Somebody who left' : 'Without a title')
}
