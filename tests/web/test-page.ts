/** `test` with a running server, a browser, and the page as somebody of the test's tenant sees it. */
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import type { Actor } from '../support/actor.ts'
import { launchBrowser } from '../support/browser.ts'
import { test as onTestApp } from '../support/test-app.ts'
import { expectFreshBuild, openWindow, type Window } from './window.ts'

export const test = onTestApp
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    expectFreshBuild()
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('windowOf', async ({ app, browser }, { onCleanup }) => {
    const contexts: BrowserContext[] = []
    onCleanup(async () => {
      for (const context of contexts) await context.close()
    })
    return async ({ token }: Actor, options: BrowserContextOptions = {}): Promise<Window> => {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
      contexts.push(context)
      return openWindow(context, `${app.url}/#token=${token}`)
    }
  })
