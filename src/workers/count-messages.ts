/** Counts every tenant's messages as they come by on the log, for /metrics and for who is billed by them. The only file that writes `tenant_usage`. */
import type { Db } from '../db.ts'
import type { Metrics } from '../metrics.ts'
import type { Consumer } from './consumer.ts'

export const countMessages: Consumer = {
  name: 'count-messages',
  async handle(tx, events) {
    const sent = events.filter(({ kind }) => kind === 'MESSAGE_SENT').map(({ tenantId }) => ({ tenant: tenantId }))
    await tx.$executeRaw`
      insert into tenant_usage as u (tenant_id, messages)
      select g.tenant, count(*) from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as g(tenant uuid) group by 1 order by 1
      on conflict (tenant_id) do update set messages = u.messages + excluded.messages`
  },
}

/** Called whenever somebody reads /metrics: the count is kept by whichever node works, and shown by all. */
export function showMessageCounts({ db, metrics }: { db: Db; metrics: Metrics }): void {
  metrics.onRead(async () => {
    const rows = await db.$queryRaw<
      { slug: string; messages: bigint }[]
    >`select t.slug, u.messages from tenant_usage u join tenant t on t.id = u.tenant_id`
    for (const { slug, messages } of rows) metrics.tenantMessages.set({ tenant: slug }, Number(messages))
  })
}
