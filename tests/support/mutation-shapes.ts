/** What the printed schema says of each mutation: its name, its input and its payload. */
import { type GraphQLInputObjectType, getNamedType, isInputObjectType, isLeafType, isObjectType } from 'graphql'
import { schema } from './printed-schema.ts'

export const mutationNames = (): string[] => Object.keys(schema.getMutationType()?.getFields() ?? {})

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

export function inputTypeOf(name: string): GraphQLInputObjectType {
  const input = schema.getType(`${capital(name)}Input`)
  if (!isInputObjectType(input)) throw new Error(`${name} takes no input of its own`)
  return input
}

export const takesId = (name: string): boolean => 'clientMutationId' in inputTypeOf(name).getFields()

export const payloadOf = (name: string): string => `${capital(name)}Payload`

/** All that its payload has: values, and of objects the id. */
export function shownBy(name: string): string {
  const payload = schema.getType(payloadOf(name))
  if (!isObjectType(payload)) throw new Error(`${name} has no payload type`)
  const shown = Object.values(payload.getFields()).map((field) => {
    const type = getNamedType(field.type)
    if (isLeafType(type)) return field.name
    return `${field.name} { ${isObjectType(type) && 'id' in type.getFields() ? 'id' : '__typename'} }`
  })
  return shown.join(' ')
}
