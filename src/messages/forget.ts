/** What is kept for those who ask twice is forgotten, a batch a statement: so no delete holds the horizon of the log back for long. */
import type { Db } from '../db.ts'

const BATCH = 5_000

export async function forget(db: Pick<Db, '$executeRaw'>, days: number): Promise<'more' | 'done'> {
  const answers = await db.$executeRaw`
    delete from mutation_done where ctid = any(array(
      select ctid from mutation_done where created_at < now() - make_interval(days => ${days}::integer) limit ${BATCH}))`
  const ids = await db.$executeRaw`
    delete from sent where ctid = any(array(
      select ctid from sent where created_at < now() - make_interval(days => ${days}::integer) limit ${BATCH}))`
  return answers === BATCH || ids === BATCH ? 'more' : 'done'
}
