/** The storages of a browser, in one: what is kept outlives the page, and a browser that refuses is told of. */
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { test as base, expect, inject } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { needs } from '../support/needs.ts'

const CLIENT = new URL('../../client/', import.meta.url).pathname
/** Any that counts as secure; nothing of it leaves the browser. */
const PAGE = 'http://localhost/'

/** The kit as a page loads it. */
async function script(): Promise<string> {
  const built = await build({
    root: CLIENT,
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: `${CLIENT}storage/index.ts`, formats: ['iife'], name: 'kit' } },
  })
  const [{ output }] = built as unknown as [{ output: { code: string }[] }]
  return output.map(({ code }) => code).join('\n')
}

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('page', async ({ browser }, { onCleanup }): Promise<Page> => {
    const page = await browser.newPage()
    onCleanup(() => page.close())
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    await page.addInitScript({ content: `${await script()}; globalThis.kit = kit` })
    await page.goto(PAGE)
    return page
  })

/** Once is enough: it is about no database of ours. */
const skipped = needs('chromium') === null || inject('database').kind === 'postgres'

for (const kind of ['indexedDbStorage', 'localStorageStorage'])
  test.skipIf(skipped)(
    `${kind}: what is kept is there after the page was loaded again, and of no other name`,
    async ({ page }) => {
      await page.evaluate(async (kind) => {
        const storage = globalThis.kit[kind]('alice')
        await storage.set('one', { deep: [1, null, 'zwei'] })
        await storage.set('two', 2)
        await storage.delete('two')
      }, kind)
      await page.reload()
      const found = await page.evaluate(async (kind) => {
        const [hers, his] = [globalThis.kit[kind]('alice'), globalThis.kit[kind]('bob')]
        return [await hers.keys(), await hers.get('one'), (await hers.get('two')) ?? null, await his.keys()]
      }, kind)
      expect(found).toEqual([['one'], { deep: [1, null, 'zwei'] }, null, []])
    },
  )

test.skipIf(skipped)(
  'a browser that gives no IndexedDB: each function rejects, and the next one tries again',
  async ({ page }) => {
    const outcome = await page.evaluate(async () => {
      let refusals = 0
      const refusing = {
        open(name: string, version: number) {
          if (refusals++ < 2) throw new DOMException('denied', 'SecurityError')
          return indexedDB.open(name, version)
        },
      }
      const storage = globalThis.kit.indexedDbStorage('denied', refusing)
      const names = []
      for (let n = 0; n < 2; n++) names.push(await storage.set('a', 1).catch((error: Error) => error.name))
      await storage.set('a', 1)
      return [...names, await storage.get('a')]
    })
    expect(outcome).toEqual(['SecurityError', 'SecurityError', 1])
  },
)

declare global {
  // biome-ignore lint/suspicious/noExplicitAny: it is what the page has, not what is checked here.
  var kit: any
}
