/** Typed documents, checked against the printed schema: what tests ask in `graphql(…)`, and what the client kit asks. Written by `npm run gen`. */
import type { CodegenConfig } from '@graphql-codegen/cli'

const typed = {
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    documentMode: 'string',
    pureMagicComment: true, // else bundlers keep what nobody uses
    useTypeImports: true,
    importExtension: '.ts',
    scalars: {
      ID: 'string',
      DateTime: 'string',
      JSONObject: 'Record<string, unknown>',
      NonNegativeInt: 'number',
      URL: 'string',
    },
  },
} satisfies CodegenConfig['generates'][string]

export default {
  schema: 'schema.graphql',
  generates: {
    'tests/support/generated/': { ...typed, documents: ['tests/**/*.ts', '!tests/support/generated/**'] },
    'client/generated/': { ...typed, documents: ['client/documents/*.graphql'] },
  },
  silent: true,
} satisfies CodegenConfig
