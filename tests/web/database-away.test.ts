/** PostgreSQL stops under open sockets: the page says so, keeps what is written, and sends it once. */
import { describe, expect, inject, test } from 'vitest'
import { startPostgres } from '../../scripts/services/postgres.ts'
import { startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { launchBrowser } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { createTenant } from '../support/test-app.ts'
import { expectFreshBuild, openWindow, TALL } from './window.ts'

const AWAY = 'The service cannot store messages just now'

async function openStage(opened: AsyncDisposableStack) {
  const postgres = opened.use(await startPostgres({ fsync: false }))
  const env = { DATABASE_URL: await postgres.createDatabase('chat'), DATA_DIR: inject('database').folder }
  const SECRETS_KEY = 'a secret of tests, long enough for all'
  const config = loadConfig({ ...env, SECRETS_KEY, HOST: 'localhost', PORT: '0', DRAIN_SECONDS: '1' })
  const app = await startApp(config, createLog('silent'))
  opened.defer(() => app.stop())
  const tenant = await createTenant(app, { adopt: () => {} })
  const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
  const conversation = await alice.begin([bob])
  await alice.send(conversation, 'before')
  return { postgres, app, alice, bob, conversation }
}

describe.skipIf(needs('postgres') === null || needs('chromium') === null)('without its database', () => {
  test('the page says that messages will be sent later, keeps them, and sends them once', async ({ skip }) => {
    if (inject('database').kind === 'pglite') return skip('it is about PostgreSQL; once is enough')
    expectFreshBuild()
    await using opened = new AsyncDisposableStack()
    const { postgres, app, alice, bob, conversation } = await openStage(opened)
    const browser = await launchBrowser()
    opened.defer(() => browser.close())
    const windows = []
    for (const { token } of [alice, bob]) {
      const window = await openWindow(await browser.newContext({ viewport: TALL }), `${app.url}/#token=${token}`)
      await window.conversations.getByRole('link').first().click()
      await window.sees('before')
      windows.push(window)
    }
    const [hers, his] = windows as [(typeof windows)[0], (typeof windows)[0]]

    await postgres.kill()
    for (const window of windows) await window.banner.getByText(AWAY).waitFor()
    for (const n of [1, 2]) {
      await hers.say(`hers ${n}`)
      await his.say(`his ${n}`)
    }
    for (const [window, text] of [
      [hers, 'hers 2'],
      [his, 'his 2'],
    ] as const)
      await window.message(text).getByText('Will be sent').waitFor()
    await postgres.start()

    for (const window of windows) {
      for (const text of ['hers 1', 'hers 2', 'his 1', 'his 2']) await window.sees(text)
      await window.banner.getByText(AWAY).waitFor({ state: 'hidden' })
    }
    const { edges } = await alice.history(conversation, { last: 50 })
    const stored = edges.map(({ node }) => node.text)
    expect(stored.toSorted()).toEqual(['before', 'hers 1', 'hers 2', 'his 1', 'his 2'])
    for (const window of windows) {
      await expect.poll(async () => (await window.shown()).map(({ text }) => text)).toEqual(stored)
      expect(window.faults).toEqual([])
    }
  }, 90_000)
})
