/** How many statements a database was asked, as PostgreSQL itself counts them: with its own module, which its Debian package brings along. */
import { onServer } from '../../scripts/services/postgres-databases.ts'

/** For startDatabase. What begins and ends transactions is not counted. */
export const COUNTING = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_utility': 'off' }

export interface Statements {
  /** Since it was last asked. */
  taken(): Promise<Taken>
}

export interface Taken {
  all: number
  /** Calls by text, constants replaced by $n. */
  byText: ReadonlyMap<string, number>
}

export async function countStatements(databaseUrl: string): Promise<Statements> {
  await onServer(databaseUrl, (client) => client.query('create extension if not exists pg_stat_statements'))
  const read = () =>
    onServer(databaseUrl, async (client) => {
      const { rows } = await client.query<{ query: string; calls: string }>(`
        select s.query, sum(s.calls) as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
        where d.datname = current_database() and s.query not like '%pg_stat_statements%' group by 1`)
      return new Map(rows.map(({ query, calls }) => [query, Number(calls)]))
    })
  let before = await read()
  return {
    async taken() {
      const now = await read()
      const byText = new Map([...now].map(([text, calls]) => [text, calls - (before.get(text) ?? 0)]))
      before = now
      return { all: [...byText.values()].reduce((sum, calls) => sum + calls, 0), byText }
    },
  }
}
