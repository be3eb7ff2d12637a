/** Having a user erased, and waiting until he is. */
import { expect } from 'vitest'
import type { Actor } from './actor.ts'
import { mutate } from './mutate.ts'
import type { TestTenant } from './test-app.ts'

export interface ShownErasure {
  id: string
  finishedAt: string | null
  receipt: { table: string; rows: number }[]
}
export const ERASURE = 'id finishedAt receipt { table rows }'

/** The receipt, when it is. */
export async function finished({ backEnd }: TestTenant, id: string): Promise<Record<string, number>> {
  const read = async () =>
    (await backEnd.ask<{ erasure: ShownErasure }>(`{ erasure(id: "${id}") { ${ERASURE} } }`)).erasure
  await expect.poll(async () => (await read()).finishedAt, { timeout: 60_000, interval: 200 }).not.toBeNull()
  return Object.fromEntries((await read()).receipt.map(({ table, rows }) => [table, rows]))
}

export const erase = async (tenant: TestTenant, { id: userId, externalId: confirmExternalId }: Actor) =>
  (await mutate(tenant.backEnd, 'eraseUser', { userId, confirmExternalId }, `erasure { ${ERASURE} }`))
    .erasure as ShownErasure
