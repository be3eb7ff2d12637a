/** Reading anything again by its id. */
import { knownEvents } from '../resolvers/known-events.ts'
import { node, nodes } from '../resolvers/node.ts'
import { builder } from './builder.ts'

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'What has this id; null when there is nothing of it that you may know of.',
    args: { id: t.arg.id({ required: true, description: 'A TypeID.' }) },
    resolve: (_, { id }, context) => node(context, id),
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: 'What has these ids, in their order.',
    args: { ids: t.arg.idList({ required: true, description: 'TypeIDs.' }) },
    resolve: (_, { ids }, context) => nodes(context, ids),
  }),
  knownEvents: t.booleanList({
    description:
      'Which of these events are still stored as they were: so that after ResyncRequired a client reloads only what really changed.',
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'Ids of events: the newest that the client has of each conversation.',
      }),
    },
    resolve: (_, { ids }, context) => knownEvents(context, ids),
  }),
}))
