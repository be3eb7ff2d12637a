/** What caches must know of a schema's types; an application makes it when it is built. */
import type { CacheExchangeOpts } from '@urql/exchange-graphcache'
import { buildSchema, introspectionFromSchema, isAbstractType } from 'graphql'

const schemaAt = async (url: string) => buildSchema(await (await fetch(`${url}/schema.graphql`)).text())

export async function possibleTypesAt(url: string): Promise<Record<string, string[]>> {
  const schema = await schemaAt(url)
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType)
  return Object.fromEntries(abstract.map((type) => [type.name, schema.getPossibleTypes(type).map((each) => each.name)]))
}

export async function introspectionAt(url: string): Promise<CacheExchangeOpts['schema']> {
  return introspectionFromSchema(await schemaAt(url)) as CacheExchangeOpts['schema']
}
