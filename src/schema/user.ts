/** Users, and the viewer. */

import type { Status as StatusShape } from '../accounts/profiles.ts'
import { encodeId } from '../lib/ids.ts'
import { avoidedUsers } from '../resolvers/block-user.ts'
import { connections } from '../resolvers/connections.ts'
import { ownExports } from '../resolvers/export.ts'
import { statusOf } from '../resolvers/set-status.ts'
import { unreadTotals } from '../resolvers/unread.ts'
import { user } from '../resolvers/user.ts'
import { users } from '../resolvers/users.ts'
import { type Viewer as ViewerShape, viewer } from '../resolvers/viewer.ts'
import { UnreadTotals } from './attention.ts'
import { AvoidedUser } from './aversion.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { SignedIn } from './connection.ts'
import { Export } from './export.ts'
import { Audience } from './profile.ts'
import { User } from './refs.ts'

export const TenantRole = builder.enumType('TenantRole', {
  description: 'What a user is in the whole tenant; it comes from his token.',
  values: {
    USER: { description: 'An ordinary user.' },
    MODERATOR: { description: 'Reviews what was reported.' },
    ADMIN: { description: 'Manages the tenant.' },
  } as const,
})

const Status = builder.objectRef<StatusShape>('UserStatus').implement({
  description: 'What a user is doing.',
  fields: (t) => ({
    text: t.exposeString('text', { nullable: true, description: 'In words.' }),
    emoji: t.exposeString('emoji', { nullable: true, description: 'As one emoji.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From then on it is not shown: a client that shows it takes it away itself.',
    }),
  }),
})

builder.node(User, {
  description: 'A person of the tenant.',
  id: { description: 'A TypeID with the prefix `usr`.', resolve: ({ id }) => encodeId('usr', id) },
  fields: (t) => ({
    externalId: t.exposeString('externalId', {
      description: 'The customer’s own id of this user: the `sub` of his tokens.',
    }),
    name: t.exposeString('name', { description: 'The name to show.' }),
    avatarUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'A picture to show.',
      resolve: (shape) => shape.avatarUrl,
    }),
    role: t.expose('role', { type: TenantRole, description: 'What he is in the whole tenant.' }),
    bio: t.exposeString('bio', { nullable: true, description: 'What he says of himself.' }),
    status: t.field({
      type: Status,
      nullable: true,
      description: 'What he is doing, while that lasts.',
      resolve: (shape) => statusOf(shape),
    }),
    isGuest: t.boolean({
      description: 'Whether he is a guest of one conversation.',
      resolve: ({ guestOf }) => guestOf !== null,
    }),
    isErased: t.boolean({
      description: 'Whether he was erased: there is nobody behind it any longer, and nothing left but what others see.',
      resolve: ({ erasedAt }) => erasedAt !== null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When he was first seen.' }),
  }),
})

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'You: whoever the token names.',
  fields: (t) => ({
    user: t.field({ type: User, description: 'You, as others see you.', resolve: (shape) => shape.user }),
    unread: t.field({
      type: UnreadTotals,
      description: 'What you have not read in all.',
      resolve: (_shape, _args, context) => unreadTotals(context),
    }),
    showReceipts: t.boolean({
      description: 'Whether others see how far you have read.',
      resolve: ({ user }) => user.receipts,
    }),
    showLastSeen: t.boolean({
      description: 'Whether others see when you were here last.',
      resolve: ({ user }) => user.showsLastSeen,
    }),
    invisible: t.boolean({
      description: 'Whether you are OFFLINE to all others, until setPresence with ACTIVE.',
      resolve: ({ user }) => user.isInvisible,
    }),
    presenceTo: t.field({
      type: Audience,
      description: 'Who sees whether you are here.',
      resolve: ({ user }) => user.presenceTo,
    }),
    messagesFrom: t.field({
      type: Audience,
      description: 'Who may begin a direct conversation with you, or put you into another one.',
      resolve: ({ user }) => user.messagesFrom,
    }),
    connections: t.field({
      type: [SignedIn],
      description:
        'Where you are connected, on all nodes; then where you were in the last 30 days, of each browser and network the newest. At most `limits { connectionsListed }`.',
      resolve: (_shape, _args, context) => connections(context),
    }),
    exports: t.field({
      type: [Export],
      description: 'What you asked for by exportMyData, the newest first: the last 20. You alone see it.',
      resolve: (_shape, _args, context) => ownExports(context),
    }),
    blockedUsers: t.connection({
      type: AvoidedUser,
      description: 'Whom you have blocked, newest first.',
      resolve: (_shape, args, context) => avoidedUsers(context, 'BLOCK', args),
    }),
    mutedUsers: t.connection({
      type: AvoidedUser,
      description: 'Whom you have muted, newest first.',
      resolve: (_shape, args, context) => avoidedUsers(context, 'MUTE', args),
    }),
    tokenExpiresAt: t.expose('tokenExpiresAt', { type: 'DateTime', description: 'When the token in use ends.' }),
  }),
})

builder.queryFields((t) => ({
  viewer: t.field({
    type: Viewer,
    ...dependsOnViewer,
    description: 'You: whoever the token names.',
    resolve: (_, _args, context) => viewer(context),
  }),
  user: t.field({
    type: User,
    nullable: true,
    description: 'A user of the tenant, by exactly one of the two.',
    args: {
      id: t.arg.id({ description: 'By our id.' }),
      externalId: t.arg.string({ description: 'By the customer’s own id.' }),
    },
    resolve: (_, args, context) => user(context, args),
  }),
  users: t.connection({
    type: User,
    description: 'The tenant’s users by name.',
    args: { query: t.arg.string({ description: 'Only those whose name begins so, whatever the case.' }) },
    resolve: (_, args, context) => users(context, args),
  }),
}))
