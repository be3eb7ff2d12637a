/** The operator is told of what cannot wait: signed, until he has it; and what he does by hand. */
import { createHmac } from 'node:crypto'
import { describe, expect } from 'vitest'
import { startApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { freshDatabase } from './support/database.ts'
import { type HookCall, startHook } from './support/hook.ts'
import { createQueue } from './support/queue.ts'
import { reportMessage, reportUser } from './support/reporting.ts'
import { runScript } from './support/script.ts'
import { test as base, createTenant } from './support/test-app.ts'

const SECRET = 'the secret of a hook, long enough for it'
const CHILD_SAFETY = { reason: 'CHILD_SAFETY' }

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('hook', { scope: 'file' }, async ({}, { onCleanup }) => {
    const hook = await startHook((count) => (count === 0 ? 500 : 204))
    onCleanup(hook.close)
    return hook
  })
  .extend('env', { scope: 'file' }, ({ hook }) => ({ SAFETY_HOOK_URL: hook.url, SAFETY_HOOK_SECRET: SECRET }))

function isSigned({ headers, body }: HookCall): boolean {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['parley-signature'])) ?? []
  return v1 === createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex')
}

describe('the hook', () => {
  test('is told of danger to a child, signed and without what was said, again until it answers; of nothing else', {
    timeout: 60_000,
  }, async ({ hook, alice, bob, carol }) => {
    const conversation = await alice.begin([bob, carol], { title: 'horrid title' })
    const { id } = await bob.send(conversation, 'horrid text')
    await reportMessage(carol, id)
    await reportMessage(alice, id, { ...CHILD_SAFETY, comment: 'horrid comment' })
    const [first, second] = await hook.calls.take(2)
    expect(second?.body).toBe(first?.body)
    expect(JSON.parse(second?.body ?? '')).toEqual({
      type: 'child_safety.reported',
      tenantId: expect.stringMatching(/^tenant_/),
      caseId: expect.stringMatching(/^case_/),
      reason: 'CHILD_SAFETY',
      messageId: id,
      userId: bob.id,
      conversationId: conversation,
      reportedAt: expect.any(String),
    })
    expect([first, second].map((call) => call && isSigned(call))).toEqual([true, true])
    await reportUser(alice, carol, CHILD_SAFETY)
    await reportUser(bob, carol, CHILD_SAFETY)
    const next = await hook.calls.next()
    expect(JSON.parse(next.body)).toMatchObject({ messageId: null, userId: carol.id, conversationId: null })
    expect(hook.calls.rest()).toEqual([])
  })
})

base('without a hook it is logged; a hook without a secret keeps the server from starting', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const lines = createQueue<string>('the log')
  const logger = createLog('warn', { write: (line) => lines.push(line) })
  const env = { ...database.env, HOST: 'localhost', PORT: '0', SECRETS_KEY: 'a secret of tests, long enough for all' }
  expect(() => loadConfig({ ...env, SAFETY_HOOK_URL: 'https://example.com' })).toThrow('SAFETY_HOOK_SECRET')
  const app = await startApp(loadConfig(env), logger)
  opened.defer(() => app.stop())
  const tenant = await createTenant(app, { adopt: () => {} })
  const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
  await reportUser(alice, bob, CHILD_SAFETY)
  const line = await lines.next((each) => each.includes('danger to a child'))
  expect(JSON.parse(line)).toMatchObject({ userId: bob.id, reason: 'CHILD_SAFETY' })
})

base('npm run cases: lists, shows and notes it, releases; says what is wrong', { timeout: 120_000 }, async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const env = { ...database.env, HOST: 'localhost', PORT: '0', SECRETS_KEY: 'a secret of tests, long enough for all' }
  const app = await startApp(loadConfig(env), createLog('silent'))
  const tenant = await createTenant(app, { adopt: () => {} })
  const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
  const { id } = await bob.send(await alice.begin([bob]), 'to be seen')
  await reportMessage(alice, id, { ...CHILD_SAFETY, comment: 'look' })
  await reportUser(alice, bob)
  await app.stop() // the embedded database belongs to one process
  const run = async (...args: string[]) => {
    const { code, output, complaint } = await runScript(database, 'cases', args)
    return { code, complaint, lines: code === 0 ? output.trim().split('\n') : [] }
  }
  const parsed = ({ lines }: { lines: string[] }) => lines.map((line) => JSON.parse(line))
  const listed = parsed(await run('list'))
  expect(listed).toMatchObject([
    { messageId: id, userId: bob.id, reason: 'CHILD_SAFETY', urgency: 'URGENT', reportCount: 1 },
    { userId: bob.id, reason: 'SPAM', urgency: 'NORMAL' },
  ])
  const { caseId } = listed[0]
  expect(await run('show', caseId)).toMatchObject({ code: 1, complaint: expect.stringContaining('Say why') })
  expect(await run('show', 'case_none', '--why', 'x')).toMatchObject({ code: 1 })
  expect(parsed(await run('show', caseId, '--why', 'a report', '--operator', 'olga'))).toMatchObject([
    { caseId },
    { reporterId: alice.id, comment: 'look' },
    { messageId: id, authorId: bob.id, isReported: true, heldObjects: [], content: { text: 'to be seen' } },
  ])
  expect((await run('release', caseId, '--why', 'nothing in it', '--operator', 'olga')).code).toBe(0)
  expect((await run('release', caseId, '--why', 'again')).complaint).toContain('no legal hold')
  expect(parsed(await run('accesses', caseId))).toMatchObject([
    { operator: 'olga', action: 'SHOWN', why: 'a report' },
    { operator: 'olga', action: 'RELEASED', why: 'nothing in it' },
  ])
})
