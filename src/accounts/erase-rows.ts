/** Takes a user's rows out of a table, or empties them, as personal-data.ts says: so many at a time. */
import type { Transaction } from '../db.ts'
import type { UserName } from '../model.ts'
import type { PersonalTables } from './personal-data.ts'

export const ROWS_AT_ONCE = 1_000

/** Names come from the list alone. Answers how many rows it took; fewer than ROWS_AT_ONCE when none is left. */
export async function eraseRows(
  tx: Transaction,
  { tenantId, userId }: UserName,
  { name, table }: { name: string; table: PersonalTables[string] },
): Promise<number> {
  const his = `tenant_id = $1::uuid and "${table.of}" = $2::uuid`
  const emptied = Object.entries(table.columns).flatMap(([column, now]) =>
    typeof now === 'object' ? [[`"${column}"`, now.becomes] as const] : [],
  )
  const isFull = emptied.map(([column, becomes]) => `${column} is distinct from ${becomes}`).join(' or ')
  const where = table.rows === 'DELETED' ? his : `${his} and (${isFull})`
  // The condition twice: a ctid is of one partition, and others have the same.
  const some = `${where} and ctid = any(array(select ctid from "${name}" where ${where} limit ${ROWS_AT_ONCE}))`
  const statement =
    table.rows === 'DELETED'
      ? `delete from "${name}" where ${some}`
      : `update "${name}" set ${emptied.map((each) => each.join(' = ')).join(', ')} where ${some}`
  return tx.$executeRawUnsafe(statement, tenantId, userId)
}
