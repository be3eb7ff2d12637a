// Databases on a server that somebody else started: made, copied and dropped over a connection to its `url`.

import pg from 'pg'

/** Makes a database, a copy of `template` if one is named (to which nobody may be connected), and tells its url. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const copied = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`
  await onServer(serverUrl, (client) => client.query(`create database ${pg.escapeIdentifier(name)}${copied}`))
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Drops every database whose name starts with `prefix`, connected or not. */
export async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  await onServer(serverUrl, async (client) => {
    const found = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const { name } of found.rows) await client.query(`drop database ${pg.escapeIdentifier(name)} with (force)`)
  })
}

/** Runs `use` on a connection of its own. */
export async function onServer<T>(serverUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl })
  // A server that is killed meanwhile fails the query under way; without a listener it would end this process too.
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
