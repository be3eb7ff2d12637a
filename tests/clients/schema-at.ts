/** What Apollo's cache must know of a schema's abstract types; an application makes it when it is built. */
import { buildSchema, isAbstractType } from 'graphql'

export async function possibleTypesAt(url: string): Promise<Record<string, string[]>> {
  const schema = buildSchema(await (await fetch(`${url}/schema.graphql`)).text())
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType)
  return Object.fromEntries(abstract.map((type) => [type.name, schema.getPossibleTypes(type).map((each) => each.name)]))
}
