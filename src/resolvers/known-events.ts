/** Which of a client's newest events are still stored as they were, of those that he may hear of. */
import type { Context } from '../context.ts'
import { heardFrom } from '../conversations/access.ts'
import { ChatError } from '../errors.ts'
import type { Place } from '../events.ts'
import { decodeEventId } from '../lib/event-id.ts'
import type { UserCaller, Uuid } from '../model.ts'

export async function knownEvents(context: Context, ids: readonly string[]): Promise<boolean[]> {
  const { parts, viewer } = context
  const { idsPerLookup: max } = await context.limits()
  if (ids.length > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `At most ${max} ids at once`,
      path: 'ids',
      limit: 'idsPerLookup',
      max,
    })
  const asked = await Promise.all(ids.map((id) => visible(context, viewer, decodeEventId(id))))
  const places = asked.filter((place) => place !== null)
  const { stored } = places.length
    ? await parts.log.stored(places.map((place) => ({ tenantId: viewer.tenantId, ...place })))
    : { stored: [] }
  return asked.map((place) => place !== null && stored[places.indexOf(place)] === true)
}

type EventPlace = Place & { streamId: Uuid }

async function visible({ parts }: Context, viewer: UserCaller, place: EventPlace | null): Promise<EventPlace | null> {
  if (!place || place.seq < 1 || place.streamId === viewer.userId) return place && place.seq >= 1 ? place : null
  const facts = await parts.memberships.facts({
    tenantId: viewer.tenantId,
    userId: viewer.userId,
    conversationId: place.streamId,
  })
  if (place.seq < heardFrom(facts)) return null
  return facts.membership || place.seq <= (facts.leftSeq ?? 0) ? place : null
}
