/** What the walk must have asked: counted from the schema by itself, so that a walk that stops too early is noticed. */
import { getNamedType, isInputObjectType } from 'graphql'
import type { Asked } from './ask.ts'
import { fieldsOf, printed, reachableTypes } from './printed.ts'

export function notAsked({ fields, slots }: Asked): string[] {
  const types = reachableTypes()
  const allFields = types.flatMap((type) => fieldsOf(type).map(({ name }) => `${type.name}.${name}`))
  const arguments_ = types.flatMap((type) =>
    fieldsOf(type).flatMap((field) =>
      field.args.filter(takesId).map(({ name }) => `${type.name}.${field.name}(${name})`),
    ),
  )
  const inputs = Object.values(printed.getTypeMap())
    .filter(isInputObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(takesId)
        .map(({ name }) => `${type.name}.${name}`),
    )
  return [
    ...allFields.filter((coordinate) => !fields.has(coordinate)),
    ...[...arguments_, ...inputs].filter((coordinate) => !slots.has(coordinate)),
  ]
}

const takesId = ({ type }: { type: Parameters<typeof getNamedType>[0] }) => getNamedType(type)?.name === 'ID'
