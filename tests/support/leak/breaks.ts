/** Leaks that are planted to see that each is found, and where the walk must find it. */
import type { Parts } from '../../../src/context.ts'
import { ChatError } from '../../../src/errors.ts'

interface Break {
  /** The argument by which it shows, and what shows. */
  place: string
  shown: RegExp
  damage(parts: Parts): Partial<Parts>
}

export const BREAKS: Record<string, Break> = {
  'a conversation is shown to all of its tenant': {
    place: 'Query.conversation(id)',
    shown: /^data\.conversation\.title: a title, of others$/,
    damage: ({ access, conversations }) => ({
      access: {
        ...access,
        canKnow: async ({ tenantId }, id) => (id ? ((await conversations.byIds(tenantId, [id]))[0] ?? null) : null),
      },
    }),
  },
  'a user is shown to other tenants': {
    place: 'Query.user(id)',
    shown: /^data\.user\.name: a name, of another tenant$/,
    damage({ tenants, users }) {
      const all: string[] = []
      return {
        tenants: {
          ...tenants,
          async create(tenant) {
            all.push(await tenants.create(tenant))
            return all.at(-1) ?? ''
          },
        },
        users: {
          ...users,
          byIds: async (_, ids) => (await Promise.all(all.map((each) => users.byIds(each, ids)))).flat(),
        },
      }
    },
  },
  'a refusal tells that there is something': {
    place: 'MuteConversationInput.conversationId',
    shown: /^not as for nothing: .*FORBIDDEN/,
    damage: ({ access, conversations }) => ({
      access: {
        ...access,
        to: (capability, viewer, id) =>
          access.to(capability, viewer, id).catch(async (error) => {
            const there = id ? await conversations.byIds(viewer.tenantId, [id]) : []
            throw there.length ? new ChatError('FORBIDDEN') : error
          }),
      },
    }),
  },
  'everybody of the tenant may listen': {
    place: 'Subscription.conversationEvents(conversationId)',
    shown: /^data\.conversationEvents\.message\.text: a text, of others$/,
    damage: ({ access, conversations, log }) => ({
      access: {
        ...access,
        toListen: (viewer, id) =>
          access.toListen(viewer, id).catch(async (error) => {
            const [conversation] = id ? await conversations.byIds(viewer.tenantId, [id]) : []
            if (!id || !conversation) throw error
            const { epoch, head } = await log.head({ tenantId: viewer.tenantId, streamId: id })
            return {
              epoch,
              head,
              hidesSome: false,
              positionAt: null,
              upTo: null,
              from: 1,
              left: undefined,
              joined: null,
            }
          }),
      },
    }),
  },
  'what is reported as danger to a child is not hidden': {
    place: 'Query.conversation',
    shown: /messages.*text: a text, of what was reported$/,
    damage: ({ reports }) => ({
      reports: {
        ...reports,
        ofMessage: (changing, reporting, shown) => reports.ofMessage(changing, { ...reporting, reason: 'HATE' }, shown),
      },
    }),
  },
}

/** All of them at once. */
export function broken(made: Parts): Parts {
  const parts = { ...made }
  for (const { damage } of Object.values(BREAKS)) Object.assign(parts, damage({ ...parts }))
  return parts
}
