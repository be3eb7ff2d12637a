/** The limits, as the caller's tenant has them. */
import { type Features as FeaturesShape, featureNames, features } from '../features.ts'
import { type LimitName, limits } from '../limits.ts'
import { type ShownLimits, limits as shownLimits } from '../resolvers/limits.ts'
import { builder } from './builder.ts'

const Features = builder.objectRef<FeaturesShape>('Features').implement({
  description: 'What the tenant has on. Of what is off the mutations answer `Forbidden` with its name in `feature`.',
  fields: (t) =>
    Object.fromEntries(featureNames.map((name) => [name, t.exposeBoolean(name, { description: features[name].doc })])),
})

const Limits = builder.objectRef<ShownLimits>('Limits').implement({
  description: 'What the server takes at most; without a token, the defaults.',
  fields: (t) => ({
    ...Object.fromEntries(
      (Object.keys(limits) as LimitName[]).map((name) => [name, t.exposeInt(name, { description: limits[name].doc })]),
    ),
    features: t.field({
      type: Features,
      description: 'What is on; ask before you offer it to users.',
      resolve: (shown) => shown.features,
    }),
    degraded: t.exposeBoolean('degraded', {
      description:
        'true: the database is away from this node. What is asked is refused with `SERVICE_UNAVAILABLE` and `retryAfterMs`; sockets stay, and go on by themselves. A change is told to each WebSocket by a protocol `ping` with the payload `{"type":"degraded","retryAfterMs":n}` or `{"type":"recovered"}`.',
    }),
  }),
})

builder.queryField('limits', (t) =>
  t.field({
    type: Limits,
    description: 'What the server takes at most. Answers without a token, and while the database is away.',
    resolve: (_, _args, context) => shownLimits(context),
  }),
)
