/** The verdict at one moment: all that was heard is in order and complete, each state equals a fresh read, each count a recount. */
import type { App } from '../../src/app.ts'
import { decodeId, encodeId } from '../../src/lib/ids.ts'
import type { Breakage } from './breakage.ts'
import type { Client } from './client.ts'
import { compareCounts } from './compare-counts.ts'
import { compareState } from './compare-state.ts'
import { quiet } from './places.ts'
import { type Rows, readRows } from './recount.ts'
import type { Stage } from './stage.ts'
import type { Person } from './world.ts'

interface Asked {
  /** Whose state is compared; counts are compared of everybody. */
  readers: readonly Client[]
  breakage: Breakage | null
}

export async function judge({ db }: App, stage: Stage, { readers, breakage }: Asked): Promise<string[]> {
  const { clients, world, tenantId } = stage
  const begun = clients.filter((client) => client.hasBegun())
  await Promise.all(begun.filter((client) => !client.isListening()).map((client) => client.listen()))
  const missing = (await Promise.all(begun.map((client) => quiet(db, client)))).flat()
  const heard = clients.flatMap(({ faults }) => faults)
  if (heard.length || missing.length) return [...heard, ...missing]
  const rows = await readRows(db, tenantId)
  const counts = world.users.map((person, n) => compareCounts(person, rows, { client: clients[n], breakage }))
  const states = readers
    .filter((client) => client.hasBegun())
    .map((client) => compareState(client, conversationsOf(rows, client.person)))
  return (await Promise.all([...states, ...counts])).flat()
}

function conversationsOf({ members }: Rows, { id }: Person): Set<string> {
  const userId = decodeId('usr', id)
  return new Set(
    members.filter((each) => each.userId === userId).map(({ conversationId }) => encodeId('conv', conversationId)),
  )
}
