import type { Browser, Page } from 'playwright-core'
import { test as base, describe, expect, inject } from 'vitest'
import { type App, startApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { launchBrowser } from './support/browser.ts'
import { freshDatabase } from './support/database.ts'
import { needs } from './support/needs.ts'
import { test as onTestApp } from './support/test-app.ts'

const IS_EMBEDDED = inject('database').kind === 'pglite'

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('demo', { scope: 'file' }, async ({}, { onCleanup }): Promise<App> => {
    await using opened = new AsyncDisposableStack()
    const { env } = opened.use(await freshDatabase())
    const app = await startApp(loadConfig({ ...env, PORT: '0' }), createLog('silent'))
    opened.defer(() => app.stop())
    const all = opened.move()
    onCleanup(() => all.disposeAsync())
    return app
  })
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })

/** GraphiQL as a user of the demo tenant, in a window of its own that is cut off from the outside; what it asks of that is in `outside`. */
async function openWindow(browser: Browser, { url }: App, user: string) {
  const page = await (await browser.newContext()).newPage()
  const outside: string[] = []
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(url).host) outside.push(socket.url())
  })
  await page.route('**/*', (route) => {
    const asked = new URL(route.request().url())
    if (asked.hostname === '127.0.0.1' || /^(data|blob):$/.test(asked.protocol)) return route.continue()
    outside.push(asked.href)
    return route.abort()
  })
  await page.goto(`${url}/graphql?user=${user}`)
  await page.locator('.graphiql-execute-button').waitFor()
  return { page, outside, answer: page.locator('.result-window') }
}

/** Tabs move into their places at first, and a click may miss them; the address tells when GraphiQL has read the text of the tab. */
async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name })
  await expect
    .poll(
      async () => {
        await tab.getByRole('button', { name, exact: true }).click()
        return tab.getAttribute('aria-selected')
      },
      { timeout: 10_000 },
    )
    .toBe('true')
  await page.waitForURL(({ searchParams }) => searchParams.get('query')?.includes(` ${name}`) === true)
}

const play = (page: Page) => page.locator('.graphiql-execute-button').click()

if (IS_EMBEDDED)
  describe.skipIf(needs('chromium') === null)(
    'GraphiQL in a browser, signed in to the demo tenant',
    { timeout: 60_000 },
    () => {
      test('reads, listens, and shows what is sent from another window; nothing is asked of the outside', async ({
        demo,
        browser,
      }) => {
        const [alice, bob] = [await openWindow(browser, demo, 'alice'), await openWindow(browser, demo, 'bob')]

        await play(alice.page)
        await alice.answer.getByText('Alice').first().waitFor()
        await alice.answer.getByText('General').waitFor()

        await openTab(alice.page, 'Listen')
        await play(alice.page)
        await alice.answer.getByText('Subscribed').waitFor()

        await openTab(bob.page, 'Send')
        await play(bob.page)
        await bob.answer.getByText('SendMessagePayload').waitFor()

        await alice.answer.getByText('MessageSent').waitFor()
        const shown = (await alice.answer.innerText()).replaceAll('\u00a0', ' ')
        expect(shown).toContain('Hello from GraphiQL')
        expect(shown).toContain('Bob')
        expect([...alice.outside, ...bob.outside]).toEqual([])
      })

      test('tells a stranger to the demo what is missing', async ({ demo, browser }) => {
        const nobody = await openWindow(browser, demo, 'nobody')
        await play(nobody.page)
        await nobody.answer.getByText('UNAUTHENTICATED').first().waitFor()
      })
    },
  )
else
  onTestApp('GraphiQL signs nobody in where there is no demo tenant', async ({ app }) => {
    const options = await (await fetch(`${app.url}/graphiql/options.js?user=alice`)).text()
    expect(options).toContain('window.GRAPHIQL_OPTIONS')
    expect(options).not.toContain('Bearer')
  })
