import { migrateTarget } from '../../src/migrate.ts'

/** Brings an empty database to the newest schema, with the server's own migrations, and closes it. */
export async function migrateInto(
  target: { kind: 'pglite'; dataDir: string } | { kind: 'postgres'; url: string },
): Promise<void> {
  await migrateTarget(target)
}
