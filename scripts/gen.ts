/** Prints what is printed: the schema, the docs of options, errors and metrics, .env.example. `npm run gen` writes them; the check compares. */
import { writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { options } from '../src/config.ts'
import { errors } from '../src/errors.ts'
import { features } from '../src/features.ts'
import { limits } from '../src/limits.ts'
import { createMetrics } from '../src/metrics.ts'
import { schema } from '../src/schema/index.ts'
import { documentFiles } from './gen-documents.ts'

const ROOT = join(import.meta.dirname, '..')

/** Path from the repository's root -> content. */
export async function printedFiles(): Promise<Map<string, string>> {
  const printedSchema = `${printSchema(lexicographicSortSchema(schema))}\n`
  const files = new Map([
    ['schema.graphql', printedSchema],
    ['docs/CONFIG.md', configPage()],
    ['.env.example', envExample()],
    ['docs/ERRORS.md', errorsPage()],
    ['docs/FEATURES.md', featuresPage()],
    ['docs/LIMITS.md', limitsPage()],
    ['docs/METRICS.md', await metricsPage()],
  ])
  for (const [path, content] of await documentFiles(printedSchema))
    files.set(relative(ROOT, resolve(ROOT, path)), content)
  return files
}

const printed = (title: string, source: string, intro: string) =>
  `# ${title}\n\n<!-- Printed from ${source} by \`npm run gen\`. -->\n\n${intro}\n\n`
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
    .concat('\n')

function shown(value: unknown): string {
  return value === null || (Array.isArray(value) && !value.length) ? '' : String(value)
}

function configPage(): string {
  const rows = Object.values(options).map(({ env, default: value, secret, doc }) => [
    `\`${env}\``,
    shown(value) && `\`${shown(value)}\``,
    `${doc}${secret ? ' Secret: never logged.' : ''}`,
  ])
  return (
    printed(
      'Configuration',
      'src/config.ts',
      'Every option is an environment variable; all faults are told at once, before anything starts.',
    ) + table(['variable', 'default', 'what it does'], rows)
  )
}

function envExample(): string {
  const lines = Object.values(options).map(({ env, default: value, doc }) => `# ${doc}\n#${env}=${shown(value)}\n`)
  return `# Printed from src/config.ts by \`npm run gen\`. Take the # from what you set.\n\n${lines.join('\n')}`
}

function errorsPage(): string {
  const rows = Object.entries(errors).map(([code, { message, retryable }]) => [
    `\`${code}\``,
    message,
    retryable ? 'yes' : 'no',
  ])
  const intro =
    'Mutations answer them as types that implement `ChatError`; everywhere else they are GraphQL errors with the code in `extensions.code`.'
  return printed('Errors', 'src/errors.ts', intro) + table(['code', 'text', 'retryable'], rows)
}

function limitsPage(): string {
  const rows = Object.entries(limits).map(([name, { default: value, doc }]) => [`\`${name}\``, String(value), doc])
  return (
    printed('Limits', 'src/limits.ts', 'The defaults; `query { limits { … } }` tells those in force for your tenant.') +
    table(['limit', 'default', 'what it limits'], rows)
  )
}

function featuresPage(): string {
  const rows = Object.entries(features).map(([name, { default: value, doc }]) => [
    `\`${name}\``,
    value ? 'on' : 'off',
    doc,
  ])
  const intro =
    'What a tenant may switch: `npm run tenant -- set NAME feature.invites=off`. It holds within a second, for all but subscriptions that are open. What is off is refused with `FORBIDDEN` and its name in `feature`; what was made before stays, and can be read and taken back. `query { limits { features { … } } }` tells clients what to offer.'
  return printed('Features', 'src/features.ts', intro) + table(['feature', 'default', 'what it is'], rows)
}

async function metricsPage(): Promise<string> {
  const rows = (await createMetrics().registry.getMetricsAsJSON()).map(({ name, type, help }) => [
    `\`${name}\``,
    String(type),
    help,
  ])
  return (
    printed('Metrics', 'src/metrics.ts', 'In Prometheus’ format at `/metrics` on ADMIN_PORT.') +
    table(['metric', 'kind', 'what it tells'], rows)
  )
}

if (import.meta.main) {
  for (const [path, content] of await printedFiles()) await writeFile(new URL(`../${path}`, import.meta.url), content)
}
