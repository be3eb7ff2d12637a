/** Who is here: told, and listened to. Not of the log. */
import type { UserPresence as UserPresenceShape } from '../ephemera/presence-of-users.ts'
import { encodeId } from '../lib/ids.ts'
import { type PresenceUpdate as PresenceUpdateShape, presence } from '../resolvers/presence.ts'
import { type PresenceChoice as PresenceChoiceShape, setPresence } from '../resolvers/set-presence.ts'
import { builder } from './builder.ts'
import { Forbidden, ServiceUnavailable } from './error.ts'
import { AccessRevoked } from './event.ts'
import { User } from './refs.ts'

const PresenceState = builder.enumType('PresenceState', {
  description: 'Whether somebody is here: of his devices the best counts.',
  values: {
    ACTIVE: { description: 'He is here.' },
    IDLE: { description: 'His device is, and he does nothing with it.' },
    OFFLINE: { description: 'He is not, for 10 to 15 seconds at least; or you may not know.' },
  } as const,
})

const PresenceCoverage = builder.enumType('PresenceCoverage', {
  description: 'Who is listed of those who are here.',
  values: {
    FULL: { description: 'All of them.' },
    SAMPLE: { description: 'A few, as they are more than `limits { presenceListed }`.' },
    COUNT: { description: 'None, as they are more than `limits { presenceSampled }`.' },
  } as const,
})

const UserPresence = builder.objectRef<UserPresenceShape>('UserPresence').implement({
  description: 'Whether a user is here.',
  fields: (t) => ({
    userId: t.id({ description: 'Who.', resolve: ({ userId }) => encodeId('usr', userId) }),
    user: t.field({
      type: User,
      nullable: true,
      description: 'Who; null when there is nobody of that id.',
      resolve: ({ userId }, _args, { loaders }) => loaders.user.load(userId),
    }),
    state: t.field({
      type: PresenceState,
      description: 'OFFLINE also for whoever shares no conversation with you, and for who is invisible.',
      resolve: ({ state }) => state,
    }),
    lastSeenAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When he was here last, to the minute; null while he is here, if he does not show it, or in a conversation’s presence.',
      resolve: ({ lastSeenAt }) => lastSeenAt,
    }),
  }),
})

const PresenceReport = builder
  .objectRef<Extract<PresenceUpdateShape, { kind: 'PRESENCE' }>>('PresenceReport')
  .implement({
    description: 'Who is here.',
    fields: (t) => ({
      isSnapshot: t.exposeBoolean('isSnapshot', {
        description: 'Whether it replaces what was given before. Else it holds only those who have changed.',
      }),
      coverage: t.expose('coverage', { type: PresenceCoverage, description: 'Who is listed.' }),
      online: t.exposeInt('online', { description: 'How many of those asked for are here now, listed or not.' }),
      users: t.field({
        type: [UserPresence],
        description: 'Those who are listed. OFFLINE in a conversation: no longer here, or no longer a member.',
        resolve: ({ users }) => users,
      }),
    }),
  })

const PresenceUpdate = builder.unionType('PresenceUpdate', {
  description: 'Whatever `presence` gives. New types may be added.',
  types: [PresenceReport, AccessRevoked],
  resolveType: ({ kind }) => (kind === 'PRESENCE' ? PresenceReport : AccessRevoked),
})

builder.subscriptionField('presence', (t) =>
  t.field({
    type: PresenceUpdate,
    description:
      'Who is here, of exactly one of the two: first a snapshot, then what changes, at most once a second. A conversation with many members here lists a few, or none.',
    args: {
      userIds: t.arg.idList({
        description:
          'Those who are on the screen, at most `limits { presenceIds }`. What is no user’s id is passed over.',
      }),
      conversationId: t.arg.id({ description: 'A conversation of yours: its members.' }),
    },
    subscribe: (_, args, context) => presence(context, args),
    resolve: (update) => update,
  }),
)

const PresenceChoice = builder.enumType('PresenceChoice', {
  description: 'What others are to see of you.',
  values: {
    ACTIVE: { description: 'That you are here. It is so by itself as soon as a device is connected.' },
    IDLE: { description: 'That your device is, and you do nothing with it.' },
    INVISIBLE: { description: 'Nothing, on all devices and over reconnects, until one of them says ACTIVE.' },
  } as const,
})

const SetPresenceInput = builder.inputType('SetPresenceInput', {
  description: 'What others are to see.',
  fields: (t) => ({ state: t.field({ type: PresenceChoice, required: true, description: 'What.' }) }),
})
const SetPresencePayload = builder.objectRef<{ state: PresenceChoiceShape }>('SetPresencePayload').implement({
  description: 'It is so.',
  fields: (t) => ({ state: t.expose('state', { type: PresenceChoice, description: 'What was set.' }) }),
})

builder.mutationField('setPresence', (t) =>
  t.field({
    type: SetPresencePayload,
    description:
      'Sets what others see of you. Over a WebSocket ACTIVE and IDLE are of this device alone, and end with it; over HTTP they are of all your devices that are connected. Whoever is INVISIBLE stays so when a device says IDLE: a client that says ACTIVE by itself asks `viewer { invisible }` first.',
    args: { input: t.arg({ type: SetPresenceInput, required: true, description: 'What.' }) },
    errors: { types: [Forbidden, ServiceUnavailable] },
    resolve: (_, { input }, context) => setPresence(context, input),
  }),
)
