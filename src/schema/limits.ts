/** The limits, as the caller's tenant has them. */
import { type LimitName, type Limits as LimitsShape, limits } from '../limits.ts'
import { builder } from './builder.ts'

const Limits = builder.objectRef<LimitsShape>('Limits').implement({
  description: 'What the server takes at most; without a token, the defaults.',
  fields: (t) =>
    Object.fromEntries(
      (Object.keys(limits) as LimitName[]).map((name) => [name, t.exposeInt(name, { description: limits[name].doc })]),
    ),
})

builder.queryField('limits', (t) =>
  t.field({
    type: Limits,
    description: 'What the server takes at most. Answers without a token.',
    resolve: (_, _args, context) => context.limits(),
  }),
)
