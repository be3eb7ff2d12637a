/** What of a broadcast is written to whom: nearly all of its members are written the same, those who get something in its stead share that, too. */
import type { Delivered } from '../delivery/delivered.ts'
import type { Outlet } from '../delivery/source.ts'
import type { Share } from './share.ts'

/** One event of a broadcast. */
export interface Taken {
  delivered: Delivered
  share: Share
  /** What some get in its stead. */
  otherwise: ReadonlyMap<Outlet, Share> | null
}

export const shareFor = ({ share, otherwise }: Taken, outlet: Outlet): Share => otherwise?.get(outlet) ?? share

/** All that anybody gets of it. */
export const sharesOf = ({ share, otherwise }: Taken): Share[] =>
  otherwise ? [share, ...new Set(otherwise.values())] : [share]

/** Those who are written the same: so the frames are put together once for all of them. */
export interface Way<Member> {
  readonly shares: readonly Share[]
  readonly members: Member[]
}

/** Of those events that some get otherwise, each way branches off where it differs from the others. */
interface Branch<Member> {
  readonly next: Map<Share, Branch<Member>>
  way: Way<Member> | null
}

const branch = <Member>(): Branch<Member> => ({ next: new Map(), way: null })

export function waysOf<Member extends Outlet>(batch: readonly Taken[], members: Iterable<Member>): Way<Member>[] {
  const differing = batch.filter(({ otherwise }) => otherwise)
  if (!differing.length) return [{ shares: batch.map(({ share }) => share), members: [...members] }]
  const ways: Way<Member>[] = []
  const root = branch<Member>()
  for (const member of members) {
    let at = root
    for (const taken of differing) {
      const share = shareFor(taken, member)
      const next = at.next.get(share) ?? branch<Member>()
      at.next.set(share, next)
      at = next
    }
    if (at.way) at.way.members.push(member)
    else {
      at.way = { shares: batch.map((taken) => shareFor(taken, member)), members: [member] }
      ways.push(at.way)
    }
  }
  return ways
}
