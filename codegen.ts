/** Typed documents: what tests and clients ask in `graphql(…)`, checked against the printed schema. Written by `npm run gen`. */
import type { CodegenConfig } from '@graphql-codegen/cli'

export default {
  schema: 'schema.graphql',
  documents: ['tests/**/*.ts', 'client/**/*.ts', '!tests/support/generated/**'],
  generates: {
    'tests/support/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
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
    },
  },
  silent: true,
} satisfies CodegenConfig
