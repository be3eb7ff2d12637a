/** Members of conversations, and what they are in them. */
import type { Membership as MembershipShape } from '../model.ts'
import { isHidden } from '../resolvers/own-settings.ts'
import { deliveredSeqOf, readSeqOf } from '../resolvers/receipts.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { there, User } from './refs.ts'

const belowOwner = {
  MANAGER: { description: 'Changes it and its members.' },
  MODERATOR: { description: 'Keeps order: removes members.' },
  MEMBER: { description: 'Reads and posts.' },
  GUEST: { description: 'Here for a while.' },
} as const
export const MemberRole = builder.enumType('MemberRole', {
  description: 'What a member is in one conversation.',
  values: { OWNER: { description: 'May do everything.' }, ...belowOwner } as const,
})
export const AssignableRole = builder.enumType('AssignableRole', {
  description: 'What a member can be made; ownership goes by transferOwnership.',
  values: belowOwner,
})

const OwnSettings = builder.objectRef<MembershipShape>('OwnSettings').implement({
  description: 'What a member sets for himself in a conversation; nobody else sees it.',
  fields: (t) => ({
    mutedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when he is told nothing of it.',
      resolve: ({ mutedUntil }) => mutedUntil,
    }),
    pinOrder: t.float({
      nullable: true,
      description: 'Its place among those he has pinned; null when he has not.',
      resolve: ({ pinOrder }) => pinOrder,
    }),
    readSeq: t.exposeInt('readSeq', { description: 'The seq up to which you have read.' }),
    hidden: t.boolean({
      description: 'Whether he has hidden it, until something happens in it.',
      resolve: (shape, _args, context) => isHidden(context, shape),
    }),
  }),
})

export const Membership = builder.objectRef<MembershipShape>('Membership').implement({
  description: 'Somebody in a conversation.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ userId }, _args, { loaders }) => loaders.user.load(userId).then(there),
    }),
    role: t.expose('role', { type: MemberRole, description: 'What he is in it.' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'Since when.' }),
    joinedSeq: t.exposeInt('joinedSeq', { description: 'The seq of the event by which he joined.' }),
    readSeq: t.int({
      nullable: true,
      ...dependsOnViewer,
      description:
        'The seq up to which he has read; null where it is not shown: in a BROADCAST, in a conversation of more than receiptMembers in `limits`, or because he does not want it.',
      resolve: (shape, _args, context) => readSeqOf(context, shape),
    }),
    deliveredSeq: t.int({
      nullable: true,
      ...dependsOnViewer,
      description: 'The seq up to which his devices have it; null where it is not shown.',
      resolve: (shape, _args, context) => deliveredSeqOf(context, shape),
    }),
    own: t.field({
      type: OwnSettings,
      nullable: true,
      ...dependsOnViewer,
      description: 'What you set for yourself; null of everybody else.',
      resolve: (shape, _args, { viewer }) => (shape.userId === viewer.userId ? shape : null),
    }),
  }),
})
