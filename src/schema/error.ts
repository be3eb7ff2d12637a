/** The errors that mutations answer, each a type of its own: one row a code, the texts are in errors.ts. */
import { ChatError as ChatFailure, type ErrorCode, errors } from '../errors.ts'
import { builder } from './builder.ts'

const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'Every error by name; docs/ERRORS.md tells each.',
  values: Object.fromEntries(
    Object.entries(errors).map(([code, { message }]) => [code, { description: `${message}.` }]),
  ) as { [Code in ErrorCode]: { description: string } },
})

const ChatError = builder.interfaceRef<ChatFailure>('ChatError').implement({
  description: 'An error that can be expected, with what to do about it.',
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: 'Its name, the same as in `extensions.code` of a GraphQL error.',
      resolve: (error) => error.code,
    }),
    // Not `message`: payloads hold messages, and GraphQL refuses a selection in which one name has two types.
    explanation: t.string({ description: 'A sentence for the developer.', resolve: (error) => error.message }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether the same request may succeed later.' }),
    retryAfterMs: t.int({
      nullable: true,
      description: 'Milliseconds to wait before that.',
      resolve: (error) => error.details.retryAfterMs ?? null,
    }),
  }),
})

/** The errors plug-in tells errors apart by class; ours are one class and a code. */
function ofCode(code: ErrorCode): typeof ChatFailure {
  const matcher = class extends ChatFailure {}
  Object.defineProperty(matcher, Symbol.hasInstance, {
    value: (error: unknown) => error instanceof ChatFailure && error.code === code,
  })
  return matcher
}

export const NotFound = ofCode('NOT_FOUND')
export const Forbidden = ofCode('FORBIDDEN')
export const InvalidInput = ofCode('INVALID_INPUT')
export const LimitExceeded = ofCode('LIMIT_EXCEEDED')
export const RateLimited = ofCode('RATE_LIMITED')
export const SlowMode = ofCode('SLOW_MODE')
export const IdempotencyConflict = ofCode('IDEMPOTENCY_CONFLICT')
export const StaleWrite = ofCode('STALE_WRITE')
export const ServiceUnavailable = ofCode('SERVICE_UNAVAILABLE')

builder.objectType(NotFound, {
  name: 'NotFound',
  interfaces: [ChatError],
  description: 'It is not there, or you may not know of it.',
})
builder.objectType(Forbidden, {
  name: 'Forbidden',
  interfaces: [ChatError],
  description: 'You know of it, and may not do this with it.',
  fields: (t) => ({
    feature: t.string({
      nullable: true,
      description:
        'What the tenant has switched off, as in `limits { features }`; null where it is for another reason.',
      resolve: ({ details }) => details.feature ?? null,
    }),
  }),
})
builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  interfaces: [ChatError],
  description: 'An argument is not acceptable.',
  fields: (t) => ({
    path: t.string({
      nullable: true,
      description: 'The argument, as `input.text`.',
      resolve: ({ details }) => details.path ?? null,
    }),
  }),
})
const ofLimit = (error: typeof LimitExceeded, name: string, description: string) =>
  builder.objectType(error, {
    name,
    interfaces: [ChatError],
    description,
    fields: (t) => ({
      limit: t.string({
        nullable: true,
        description: 'Its name, as in `limits`.',
        resolve: ({ details }) => details.limit ?? null,
      }),
      max: t.int({ nullable: true, description: 'Its value for you.', resolve: ({ details }) => details.max ?? null }),
    }),
  })
ofLimit(LimitExceeded, 'LimitExceeded', 'More was asked for than the limits allow.')
ofLimit(RateLimited, 'RateLimited', 'Too often: the same may be asked again after `retryAfterMs`.')
builder.objectType(SlowMode, {
  name: 'SlowMode',
  interfaces: [ChatError],
  description: 'The conversation is in slow mode: your next turn comes after `retryAfterMs`.',
})
builder.objectType(IdempotencyConflict, {
  name: 'IdempotencyConflict',
  interfaces: [ChatError],
  description: 'The client id was used before, with other content.',
})
builder.objectType(StaleWrite, {
  name: 'StaleWrite',
  interfaces: [ChatError],
  description: 'It was deleted, or changed since you read it: read it again.',
})
builder.objectType(ServiceUnavailable, {
  name: 'ServiceUnavailable',
  interfaces: [ChatError],
  description: 'The server cannot store or read just now. Nothing is lost: repeat with the same client id.',
})
