/** Scalars that GraphQL itself lacks. */
import { DateTimeResolver, JSONObjectResolver, NonNegativeIntResolver, URLResolver } from 'graphql-scalars'
import { builder } from './builder.ts'

builder.addScalarType('DateTime', DateTimeResolver)
builder.addScalarType('JSONObject', JSONObjectResolver)
builder.addScalarType('NonNegativeInt', NonNegativeIntResolver)
builder.addScalarType('URL', URLResolver)
