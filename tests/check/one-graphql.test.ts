import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createSchema, createYoga } from 'graphql-yoga'
import { expect, test } from 'vitest'

test('tests and libraries share one graphql', async () => {
  expect(createSchema({ typeDefs: 'type Query { a: String }' })).toBeInstanceOf(GraphQLSchema)
  const query = new GraphQLObjectType({ name: 'Query', fields: { a: { type: GraphQLString, resolve: () => 'b' } } })
  const yoga = createYoga({ schema: new GraphQLSchema({ query }), logging: false })
  const answer = await yoga.fetch('http://yoga/graphql?query={a}')
  expect(await answer.json()).toEqual({ data: { a: 'b' } })
})
