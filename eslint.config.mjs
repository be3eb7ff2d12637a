/** The conventions of the GraphQL API, on the printed schema. TypeScript is Biome's. */
import graphql from '@graphql-eslint/eslint-plugin'

export default [
  {
    files: ['schema.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      // Members have no id of their own.
      // Plain lists are welcome where all of it is short, and a list may page in one direction only.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
      // Payloads, errors and updates have no identity of their own.
      '@graphql-eslint/strict-id-in-types': 'off',
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ObjectTypeDefinition[name.value=Mutation] > FieldDefinition[arguments.length!=1]',
          message: 'A mutation takes one argument, `input`, so that fields can be added to it without a break.',
        },
        {
          selector:
            'ObjectTypeDefinition[name.value=Mutation] > FieldDefinition:not([gqlType.gqlType.name.value=/Result$/])',
          message: 'A mutation returns its non-null `…Result`: the union of its payload and the errors to expect.',
        },
        {
          selector: 'UnionTypeDefinition[name.value=/Result$/]:not(:has(.types[name.value=/Payload$/]))',
          message: 'A mutation’s result holds a `…Payload` beside its errors.',
        },
        {
          selector: ':not(UnionTypeDefinition)[name.value=/Result$/][kind=/TypeDefinition$/]',
          message: '`…Result` names the union that a mutation returns.',
        },
      ],
    },
  },
]
