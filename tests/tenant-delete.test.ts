/** A tenant goes for good: rows, objects, timed work and keys; the next one is as it was, to the letter; whoever is killed over it is run again. */
import { describe, expect, test as plain } from 'vitest'
import { deleteTenant } from '../src/accounts/delete-tenant.ts'
import { type PersonalTables, personalData } from '../src/accounts/personal-data.ts'
import { createTenantDeletions } from '../src/accounts/tenant-deletions.ts'
import { tenantTables } from '../src/accounts/tenant-tables.ts'
import type { App } from '../src/app.ts'
import type { Db } from '../src/db.ts'
import { heldKey, objectsOf } from '../src/files/keys.ts'
import { jobKind, uuidIn } from '../src/jobs/kind.ts'
import { newUuid } from '../src/lib/ids.ts'
import type { Actor } from './support/actor.ts'
import { freshDatabase } from './support/database.ts'
import { mutate } from './support/mutate.ts'
import { everyMutation } from './support/mutations.ts'
import { runScript } from './support/script.ts'
import { createServerKey, withDatabase } from './support/server-process.ts'
import { tenantContent } from './support/tenant-digest.ts'
import { type TestTenant, test } from './support/test-app.ts'
import { createUpload, put, upload } from './support/upload.ts'

const TYPENAME = '{ __typename }'

async function chat(alice: Actor, bob: Actor): Promise<void> {
  const conversationId = await alice.begin([bob])
  const { id: messageId } = await alice.send(conversationId, 'hello', { attachmentIds: [await upload(alice)] })
  await mutate(bob, 'addReaction', { messageId, emoji: '👍' })
  await mutate(bob, 'markRead', { upTo: messageId })
  await mutate(alice, 'createInvite', { conversationId })
}

const slugOf = async ({ db }: App, { uuid }: TestTenant) =>
  (await db.tenant.findUniqueOrThrow({ where: { id: uuid } })).slug

const deletion = ({ db, parts }: App) => ({ ...parts, db, deletions: createTenantDeletions({ db }) })

async function rowsOf(db: Db, tenantId: string): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const table of await tenantTables(db)) {
    const query = `select count(*) as count from "${table}" where tenant_id = $1::uuid`
    const [found] = await db.$queryRawUnsafe<{ count: bigint }[]>(query, tenantId)
    if (found?.count) rows[table] = Number(found.count)
  }
  return rows
}

async function keysOf({ parts }: App, tenantId: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of objectsOf(parts.objects, tenantId)) keys.push(key)
  return keys
}

test('the tables are all that have a tenant, those that refer to others first', async ({ app: { db } }) => {
  const tables = await tenantTables(db)
  const listed = await db.$queryRaw<{ name: string }[]>`
    select c.table_name::text as name from information_schema.columns c join pg_class t on t.relname = c.table_name
    where c.column_name = 'tenant_id' and c.table_schema = 'public' and not t.relispartition`
  const personal = Object.entries(personalData as PersonalTables).filter(([, { columns }]) => 'tenant_id' in columns)
  for (const names of [listed.map(({ name }) => name), personal.map(([name]) => name)])
    expect([...tables, 'tenant_deletion'].toSorted()).toEqual(names.toSorted())
  const places = ['membership', 'conversation', 'user'].map((name) => tables.indexOf(name))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

describe('a tenant that is deleted', () => {
  test('is nowhere any longer, and the next one is as it was', async ({
    app,
    tenant,
    alice,
    bob,
    carol,
    newTenant,
  }) => {
    const { db, parts, queue } = app
    const next = await newTenant()
    const [dora, emil] = [await next.user('dora'), await next.user('emil')]
    await chat(dora, emil)
    for (const { ask } of await everyMutation({ alice, bob, carol, backEnd: tenant.backEnd })) await ask()
    const dan = await tenant.user('dan')
    await chat(await tenant.user('eve'), dan)
    const kind = jobKind({ name: 'sweep-tenant', parse: (stored) => ({ tenantId: uuidIn(stored, 'tenantId') }) })
    const later = { at: new Date(Date.now() + 3_600_000) }
    await parts.jobs.send(kind, { tenantId: tenant.uuid, note: 'its own' }, later)
    const foreign = await parts.jobs.send(kind, { tenantId: next.uuid }, later)
    await app.drainWorkers()
    const slug = await slugOf(app, tenant)
    const nextSlug = await slugOf(app, next)
    const before = await tenantContent(db, nextSlug)
    const objects = await keysOf(app, next.uuid)
    expect(objects.length).toBeGreaterThan(0)

    const socket = await dan.socket()
    const frames = socket.subscribe('feed', 'subscription { feed { __typename } }')
    await frames.next()
    const order: string[] = []
    const closed = socket.closed.then(({ code }) => order.push(`closed with ${code}`))
    await deleteTenant({ ...deletion(app), onBatch: (what) => order.push(what) }, { tenantId: tenant.uuid, slug })
    await closed
    expect(order[0], 'nobody is connected any longer when the first is taken').toBe('closed with 4403')
    expect(order).toContain('message')

    expect(await rowsOf(db, tenant.uuid)).toEqual({})
    expect(await keysOf(app, tenant.uuid)).toEqual([])
    expect(await db.tenant.findUnique({ where: { slug } })).toBeNull()
    const waiting = (await queue.find(kind, 100)).map(({ id, data }) => [id, data])
    expect(waiting).toContainEqual([foreign, { tenantId: next.uuid }])
    expect(waiting.filter(([, data]) => JSON.stringify(data).includes('its own'))).toEqual([])
    expect(await tenantContent(db, nextSlug)).toEqual(before)
    expect((await keysOf(app, next.uuid)).toSorted()).toEqual(objects.toSorted())
    for (const gone of [dan, tenant.backEnd])
      await expect
        .poll(async () => (await gone.answer(TYPENAME)).errors[0]?.extensions?.code, { timeout: 5_000 })
        .toBe('UNAUTHENTICATED')
    expect(await emil.ask(TYPENAME)).toEqual({ __typename: 'Query' })

    const receipt = (await createTenantDeletions({ db }).ofSlug(slug))?.receipt
    expect(receipt).toMatchObject({ jobs: expect.any(Number), objects: expect.any(Number) })
    for (const table of ['message', 'log_event', 'user', 'reaction', 'attachment', 'tenant_key', 'api_key'])
      expect(receipt?.rows[table], table).toBeGreaterThan(0)
    expect(receipt?.jobs).toBeGreaterThan(0)
    expect(receipt?.bytes).toBeGreaterThan(0)

    const uuid = await parts.tenants.create({ slug, name: 'Anew' })
    expect(await rowsOf(db, uuid)).toEqual({})
  })

  test('goes on where it was killed, and its receipt counts both', async ({ app, tenant, alice, bob }) => {
    await chat(alice, bob)
    await app.drainWorkers()
    const { db, parts } = app
    const doomed = { tenantId: tenant.uuid, slug: await slugOf(app, tenant) }
    const held = heldKey(`${tenant.uuid}/of-a-case`)
    await parts.objects.put(held, Buffer.from('x'), { bytes: 1, contentType: 'text/plain' })
    const users = await db.user.count({ where: { tenantId: tenant.uuid } })
    const killed: string[] = []
    function killedAfter(table: string) {
      return (what: string) => {
        killed.push(what)
        if (what === table) throw new Error('killed')
      }
    }
    for (const table of ['objects', 'message', 'user'])
      await expect(deleteTenant({ ...deletion(app), onBatch: killedAfter(table) }, doomed)).rejects.toThrow('killed')
    await expect(parts.tenants.resume(tenant.uuid)).rejects.toThrow('It is being deleted')
    await deleteTenant(deletion(app), doomed)
    expect(await rowsOf(db, tenant.uuid)).toEqual({})
    const done = await createTenantDeletions({ db }).ofSlug(doomed.slug)
    expect(await keysOf(app, tenant.uuid)).toEqual([])
    expect(done?.finishedAt).not.toBeNull()
    expect(done?.receipt.rows).toMatchObject({ user: users, message: expect.any(Number) })
    expect(done?.receipt.objects).toBeGreaterThan(0)
  })

  test('is refused while a case of it is under legal hold, and then nobody is shut out', async ({
    app,
    tenant,
    alice,
  }) => {
    const { db } = app
    const doomed = { tenantId: tenant.uuid, slug: await slugOf(app, tenant) }
    const at = new Date()
    const id = newUuid()
    await db.moderationCase.create({
      data: {
        ...{ tenantId: tenant.uuid, id, subjectKind: 'USER', subjectId: newUuid(), reason: 'CHILD_SAFETY' },
        ...{ firstReportedAt: at, lastReportedAt: at, heldAt: at },
      },
    })
    const refused = { code: 'FORBIDDEN', message: '1 moderation case is under legal hold: release that first' }
    await expect(deleteTenant(deletion(app), doomed)).rejects.toMatchObject(refused)
    expect(await alice.ask(TYPENAME)).toEqual({ __typename: 'Query' })
    await db.moderationCase.update({
      where: { tenantId_id: { tenantId: tenant.uuid, id } },
      data: { releasedAt: new Date() },
    })
    await deleteTenant(deletion(app), doomed)
    expect(await rowsOf(db, tenant.uuid)).toEqual({})
  })

  test('loses what is uploaded for it by a request of before, too', async ({ app, tenant, alice }) => {
    const request = await createUpload(alice, { content: 'late' })
    await deleteTenant(deletion(app), { tenantId: tenant.uuid, slug: await slugOf(app, tenant) })
    expect((await put(request, 'late')).status).toBe(200)
    expect(await keysOf(app, tenant.uuid)).toHaveLength(1)
    const kind = jobKind({ name: 'sweep-tenant', parse: (stored) => ({ tenantId: uuidIn(stored, 'tenantId') }) })
    const isWaiting = async () =>
      (await app.queue.find(kind, 100)).some(({ data }) => uuidIn(data, 'tenantId') === tenant.uuid)
    expect(await isWaiting()).toBe(true)
    await app.parts.jobs.send(kind, { tenantId: tenant.uuid }) // now, and not in twenty minutes
    await expect.poll(() => keysOf(app, tenant.uuid), { timeout: 10_000 }).toEqual([])
  })
})

plain(
  'an operator says the name twice, sees before what goes, and is given the receipt, also after a kill',
  async () => {
    await using database = await freshDatabase()
    await createServerKey(database, 'acme')
    const run = (...args: string[]) => runScript(database, 'tenant', ['delete', ...args])
    expect(await run('nobody', '--confirm', 'nobody')).toMatchObject({
      code: 2,
      complaint: 'There is no tenant "nobody"; see list\n',
    })
    expect(await run('acme', '--confirm', 'amce')).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('--confirm acme'),
    })
    const dry = await run('acme', '--dry-run')
    expect(JSON.parse(dry.output)).toMatchObject({ would: { rows: { api_key: 1 }, objects: 0, bytes: 0 }, holds: [] })
    const { suspendedAt } = await withDatabase(database, (db) =>
      db.tenant.findUniqueOrThrow({ where: { slug: 'acme' } }),
    )
    expect(suspendedAt).toBeNull()
    const confirmed = ['delete', 'acme', '--confirm', 'acme']
    await runScript(database, 'tenant', confirmed, { killAt: /api_key/ })
    const done = await runScript(database, 'tenant', confirmed)
    expect(done).toMatchObject({ code: 0 })
    expect(JSON.parse(done.output)).toMatchObject({ slug: 'acme', deletedAt: expect.any(String), rows: { api_key: 1 } })
    expect(JSON.parse((await runScript(database, 'tenant', confirmed)).output)).toEqual(JSON.parse(done.output))
  },
  120_000,
)
