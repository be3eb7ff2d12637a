/** What the kit listens to is executed once for all its readers, and its documents are those of today's schema. */
import { type ExecutionArgs, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import * as generated from '../../client/generated/graphql.ts'
import type { Context } from '../../src/context.ts'
import { groupKey } from '../../src/gateway/selection.ts'
import { schema } from '../../src/schema/index.ts'

const user = (userId: string) => ({ tenantId: 't', caller: { kind: 'USER', userId } }) as unknown as Context

function keyFor(query: string, userId: string, variableValues: Record<string, unknown>) {
  const args: ExecutionArgs = { schema, document: parse(query), variableValues, operationName: null }
  return groupKey(args, user(userId))
}

test('two users who listen share one execution, wherever they begin', () => {
  const feeds = ['one', 'other'].map((id) => keyFor(String(generated.FeedDocument), id, { after: `cursor of ${id}` }))
  expect(feeds[0]).toEqual(feeds[1])
  expect(feeds[0]?.dependsOnViewer).toBe(false)
  const listens = [1, 2].map((afterSeq) =>
    keyFor(String(generated.ListenDocument), `${afterSeq}`, { conversationId: 'conv', afterSeq }),
  )
  expect(listens[0]).toEqual(listens[1])
})

test('each document is valid', () => {
  const documents = Object.entries(generated).filter(([name]) => name.endsWith('Document'))
  expect(documents.length).toBeGreaterThan(15)
  for (const [name, document] of documents) expect([name, ...validate(schema, parse(String(document)))]).toEqual([name])
})
