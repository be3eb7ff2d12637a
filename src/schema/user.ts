/** Users, and the viewer. */

import { encodeId } from '../lib/ids.ts'
import { unreadTotals } from '../resolvers/unread.ts'
import { user } from '../resolvers/user.ts'
import { users } from '../resolvers/users.ts'
import { type Viewer as ViewerShape, viewer } from '../resolvers/viewer.ts'
import { UnreadTotals } from './attention.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { User } from './refs.ts'

export const TenantRole = builder.enumType('TenantRole', {
  description: 'What a user is in the whole tenant; it comes from his token.',
  values: {
    USER: { description: 'An ordinary user.' },
    MODERATOR: { description: 'Reviews what was reported.' },
    ADMIN: { description: 'Manages the tenant.' },
  } as const,
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
