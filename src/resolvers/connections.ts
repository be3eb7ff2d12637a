/** Where the viewer is connected, and was in the last days. */
import type { Connection } from '../accounts/connections.ts'
import type { Context } from '../context.ts'

export type OwnConnection = Connection & {
  /** It is over this one that he asks. */
  isThisOne: boolean
}

export async function connections(context: Context): Promise<OwnConnection[]> {
  const { parts, viewer, session } = context
  const { connectionsListed } = await context.limits()
  const found = await parts.connections.of(viewer, connectionsListed)
  return found.map((each) => ({ ...each, isThisOne: each.id === session?.connectionId }))
}
