/**
 * How much one document may ask, whichever way it came in: counted while it is parsed and validated, before anything is executed. A fault is
 * reported like any other of the document, so that it is kept with it and answered for that operation alone.
 */
import { costLimitPlugin } from '@escape.tech/graphql-armor-cost-limit'
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { GraphQLError, type ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type LimitName, limits } from '../limits.ts'

/** The rules are called by every validation, so their order among the plug-ins does not matter; the counting parser comes before whoever wraps the parser. */
export function queryLimits(): Plugin[] {
  const plugins = [
    maxTokensPlugin({
      n: limits.queryTokens.default,
      onReject: [
        () => {
          throw tooMuch('queryTokens', 'has too many tokens')
        },
      ],
    }),
    maxDepthPlugin({ n: limits.queryDepth.default, ...reported('queryDepth', 'is nested too deeply') }),
    maxAliasesPlugin({
      n: limits.queryAliases.default,
      allowList: [], // `__typename` would be free of charge
      ...reported('queryAliases', 'has too many aliases'),
    }),
    maxDirectivesPlugin({
      n: limits.queryDirectives.default,
      ...reported('queryDirectives', 'has too many directives'),
    }),
    costLimitPlugin({ maxCost: limits.queryCost.default, ...reported('queryCost', 'asks for too much') }),
  ]
  return plugins as Plugin[]
}

function reported(name: LimitName, what: string) {
  return {
    propagateOnRejection: false,
    onReject: [(context: ValidationContext | null) => context?.reportError(tooMuch(name, what))],
  }
}

function tooMuch(limit: LimitName, what: string): GraphQLError {
  const { default: max } = limits[limit]
  return new GraphQLError(`The document ${what}: the limit ${limit} is ${max}`, {
    extensions: { code: 'LIMIT_EXCEEDED', retryable: false, limit, max },
  })
}
