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
import type { QueryLimitName, QueryLimits } from '../limits.ts'

/** As plug-ins of envelop. The counting parser stands before whoever wraps the parser. */
export function queryLimits(limits: QueryLimits) {
  const reported = (name: QueryLimitName, what: string) => ({
    propagateOnRejection: false,
    onReject: [(context: ValidationContext | null) => context?.reportError(tooMuch(name, what))],
  })

  function tooMuch(limit: QueryLimitName, what: string): GraphQLError {
    const max = limits[limit]
    return new GraphQLError(`The document ${what}: the limit ${limit} is ${max}`, {
      extensions: { code: 'LIMIT_EXCEEDED', retryable: false, limit, max },
    })
  }

  function refuseTokens(): never {
    throw tooMuch('queryTokens', 'has too many tokens')
  }

  return [
    maxTokensPlugin({ n: limits.queryTokens, onReject: [refuseTokens] }),
    maxDepthPlugin({ n: limits.queryDepth, ...reported('queryDepth', 'is nested too deeply') }),
    // With the default list `__typename` would be free of charge.
    maxAliasesPlugin({ n: limits.queryAliases, allowList: [], ...reported('queryAliases', 'has too many aliases') }),
    maxDirectivesPlugin({ n: limits.queryDirectives, ...reported('queryDirectives', 'has too many directives') }),
    // Plainly the number of fields: with a factor for each level an honest page deep in a document costs as much as pages in pages.
    costLimitPlugin({ maxCost: limits.queryCost, depthCostFactor: 1, ...reported('queryCost', 'asks for too much') }),
  ]
}
