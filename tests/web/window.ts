/** A window with the page: what somebody sees and does there. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, BrowserContextOptions, Locator } from 'playwright-core'
import { expect } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
/** High enough for all that a test says to be in sight. */
export const TALL = { width: 1_000, height: 1_600 }

export interface Shown {
  seq: number
  text: string
}

export type Window = Awaited<ReturnType<typeof openWindow>>

/** Signed in by `link`, with nothing opened yet. Whatever the page complains of is in `faults`. */
export async function openWindow(context: BrowserContext, link: string) {
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    // A browser calls it an error that a server does not answer, too.
    if (message.type() === 'error' && !/WebSocket|net::ERR/.test(message.text())) faults.push(message.text())
  })
  await page.addInitScript(rememberPending)
  await page.goto(link)
  const conversations = page.getByRole('navigation', { name: 'Conversations' })
  await conversations.getByRole('link').first().waitFor()

  return {
    page,
    faults,
    conversations,
    banner: page.locator('.banners'),
    composer: page.getByRole('textbox', { name: 'Message' }),
    messages: page.getByRole('article'),

    async open(title: string): Promise<void> {
      await conversations.getByRole('link', { name: title }).click()
      await page.getByRole('heading', { level: 2, name: title }).waitFor()
    },
    async say(text: string): Promise<void> {
      const field = page.getByRole('textbox')
      await field.fill(text)
      await field.press('Enter')
    },
    /** That says this and nothing else. */
    message: (text: string): Locator =>
      page.getByRole('article').filter({ has: page.locator('.text, .deleted', { hasText: exactly(text) }) }),
    /** Resolves when it is there, and stored. */
    async sees(text: string): Promise<void> {
      await page.locator('article[data-state="sent"]').filter({ hasText: text }).first().waitFor()
    },
    /** All that stands in the list, from top to bottom. */
    shown: (): Promise<Shown[]> =>
      page.locator('article').evaluateAll((articles) =>
        articles.map((article) => ({
          seq: Number(article.getAttribute('aria-posinset')),
          text: article.querySelector('.text')?.textContent ?? '',
        })),
      ),
    /** The texts of all messages that were ever shown as not sent yet. */
    pendingSeen: (): Promise<string[]> => page.evaluate('[...window.pendingSeen]'),
  }
}

const exactly = (text: string) => new RegExp(`^${RegExp.escape(text)}$`)

/** Runs in the page: a state that lasts for a moment is remembered. */
function rememberPending(): void {
  const seen = new Set<string>()
  Object.assign(globalThis, { pendingSeen: seen })
  const look = () => {
    for (const text of globalThis.document.querySelectorAll('article[data-state="pending"] .text'))
      seen.add(text.textContent ?? '')
  }
  new MutationObserver(look).observe(globalThis.document, { subtree: true, childList: true, attributes: true })
}

/** The page as it is built is what is tested: so it may not be older than its source. */
export function expectFreshBuild(): void {
  const built = statSync(join(ROOT, 'web/dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const newer = ['web', 'client'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/[/\\]dist$/.test(entry.parentPath) && !/dist[/\\]/.test(entry.parentPath))
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter(
        (file) => /\.(tsx?|css|html|svg)$/.test(file) && !file.includes('.test.') && statSync(file).mtimeMs > built,
      ),
  )
  expect(newer, 'web/dist is older than its source: npm run build:web').toEqual([])
}

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 780 }, hasTouch: true }
