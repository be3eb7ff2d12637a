/** Tables as schema.prisma tells of them, and as a database has them, in the same words. */
import type { SqlConnection } from '../../src/migrate.ts'

export interface Table {
  /** By name: `uuid not null default`. */
  columns: Record<string, string>
  primaryKey: string
  uniqueKeys: string[]
}

const SQL_TYPES: Record<string, string> = {
  String: 'text',
  'String @db.Uuid': 'uuid',
  'String[]': 'text[]',
  Int: 'integer',
  Float: 'double precision',
  Boolean: 'boolean',
  BigInt: 'bigint',
  Json: 'jsonb',
  'DateTime @db.Timestamptz(6)': 'timestamp with time zone',
}

/** As much of Prisma's language as our schema uses: what it does not know it refuses. */
export function tablesInSchema(text: string): Map<string, Table> {
  const models = text.matchAll(/^model (\w+) \{\n(.*?)\n\}/gms)
  return new Map([...models].map(([, model = '', body = '']) => tableOf(model, body)))
}

function tableOf(model: string, body: string): [name: string, Table] {
  const lines = body.split('\n').map((line) => line.trim())
  const fields = lines.filter((line) => /^\w/.test(line)).map((line) => fieldOf(model, line))
  const block = (attribute: string) =>
    lines.filter((line) => line.startsWith(`@@${attribute}(`)).map((line) => line.slice(attribute.length + 3, -1))
  const columnsOf = (list: string) =>
    list
      .replace(/^\[|\]$/g, '')
      .split(', ')
      .map((name) => fields.find((field) => field.name === name)?.column ?? refuse(`${model}.${name}`))
      .join()
  const marked = (attribute: string) =>
    fields.filter(({ attributes }) => attributes.includes(`@${attribute}`)).map(({ column }) => column)
  const primaryKeys = [...marked('id'), ...block('id').map(columnsOf)]
  return [
    block('map')[0]?.replaceAll('"', '') ?? model,
    {
      columns: Object.fromEntries(fields.map(({ column, type }) => [column, type])),
      primaryKey: primaryKeys.join(' and '),
      uniqueKeys: [...marked('unique'), ...block('unique').map(columnsOf)].sort(),
    },
  ]
}

function fieldOf(model: string, line: string) {
  const [, name = '', scalar = '', isOptional, rest = ''] =
    /^(\w+)\s+(\w+(?:\[\])?)(\?)?\s*(.*)$/.exec(line) ?? refuse(line)
  const attributes: string[] = rest.match(/@[\w.]+(\((?:"[^"]*"|[^()]|\((?:"[^"]*"|[^()])*\))*\))?/g) ?? []
  const native = attributes.find((each) => each.startsWith('@db.'))
  const sqlType = SQL_TYPES[[scalar, native].filter(Boolean).join(' ')] ?? refuse(`${model}.${line}`)
  const hasDefault = attributes.some((each) => each.startsWith('@default('))
  const column = attributes.map((each) => /^@map\("(.*)"\)$/.exec(each)?.[1]).find(Boolean) ?? name
  return { name, column, attributes, type: typeOf({ sqlType, isNull: isOptional === '?', hasDefault }) }
}

function refuse(what: string): never {
  throw new Error(`schema.prisma says what tests/support/tables.ts does not understand: ${what}`)
}

const typeOf = ({ sqlType, isNull, hasDefault }: { sqlType: string; isNull: boolean; hasDefault: boolean }) =>
  `${sqlType}${isNull ? '' : ' not null'}${hasDefault ? ' default' : ''}`

/** Without partitions, what Prisma keeps for itself, and unique keys of a part of the rows, which Prisma cannot tell of. */
export async function tablesInDatabase({ rows }: SqlConnection): Promise<Map<string, Table>> {
  const ours = `c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and c.relname <> '_prisma_migrations'`
  const columns = await rows<{ table: string; column: string; sqlType: string; isNull: boolean; hasDefault: boolean }>(
    `select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as "sqlType",
       not a.attnotnull as "isNull", a.atthasdef as "hasDefault"
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where ${ours} order by c.relname, a.attnum`,
  )
  const keys = await rows<{ table: string; isPrimary: boolean; columns: string }>(
    `select c.relname as "table", i.indisprimary as "isPrimary", (
       select string_agg(a.attname, ',' order by k.n) from unnest(i.indkey) with ordinality k(attnum, n)
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum) as columns
     from pg_class c join pg_index i on i.indrelid = c.oid
     where ${ours} and i.indisunique and i.indpred is null`,
  )
  const names = new Set(columns.map(({ table }) => table))
  return new Map(
    [...names].map((name) => {
      const own = keys.filter(({ table }) => table === name)
      return [
        name,
        {
          columns: Object.fromEntries(
            columns.filter(({ table }) => table === name).map((each) => [each.column, typeOf(each)]),
          ),
          primaryKey: own
            .filter(({ isPrimary }) => isPrimary)
            .map((key) => key.columns)
            .join(' and '),
          uniqueKeys: own
            .filter(({ isPrimary }) => !isPrimary)
            .map((key) => key.columns)
            .sort(),
        },
      ]
    }),
  )
}
