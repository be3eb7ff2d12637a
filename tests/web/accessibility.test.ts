/** The rules of WCAG that a program can judge, by IBM's engine, on each state of the page, light and dark. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { needs } from '../support/needs.ts'
import { onceIsEnough } from './once.ts'
import { test } from './test-page.ts'
import { phone } from './window.ts'

const ENGINE = readFileSync(createRequire(import.meta.url).resolve('accessibility-checker-engine'), 'utf8')
const CHECK = `new ace.Checker().check(document, ['WCAG_2_2']).then(({ results }) => results
  .filter(({ value: [level, verdict] }) => level === 'VIOLATION' && verdict === 'FAIL')
  .map(({ ruleId, message, path, snippet }) => [ruleId, message, path.dom, snippet].join(' | ')))`

/** Over the debugger: the page's own policy would not take the engine as a script. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${ENGINE}; globalThis.ace = ace; undefined`)
  return page.evaluate(CHECK)
}

describe.skipIf(needs('chromium') === null)('the page has no violation', { timeout: 90_000 }, () => {
  onceIsEnough()

  for (const colorScheme of ['light', 'dark'] as const)
    test(`${colorScheme}: in its list, a conversation, a picker, a dialog, failed and offline`, async ({
      windowOf,
      newTenant,
      browser,
      app,
    }) => {
      const tenant = await newTenant({ messageTextLength: 20 })
      const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
      const conversation = await alice.begin([bob], { title: 'Two' })
      const { id: replyToId } = await bob.send(conversation, 'Hello')
      await alice.send(conversation, 'Hello yourself', { replyToId })
      await bob.send(conversation, 'https://a.example')
      const { page, open, message, composer, say, banner } = await windowOf(alice, { colorScheme })
      expect(await violations(page), 'the list').toEqual([])
      await open('Two')
      await message('Hello').hover()
      await message('Hello').getByRole('button', { name: 'React with heart' }).click()
      await message('Hello').getByRole('button', { name: '❤️, 1' }).waitFor()
      expect(await violations(page), 'a conversation').toEqual([])
      await composer.pressSequentially('@bo')
      await page.getByRole('option').first().waitFor()
      expect(await violations(page), 'a picker').toEqual([])
      await composer.press('Escape')
      await say('longer than twenty characters')
      await message('longer than twenty characters').getByText('Not sent').waitFor()
      await message('Hello yourself').hover()
      await message('Hello yourself').getByRole('button', { name: 'Edit' }).click()
      expect(await violations(page), 'failed, and editing').toEqual([])
      await message('Hello yourself').hover()
      await message('Hello yourself').getByRole('button', { name: 'Delete' }).click()
      expect(await violations(page), 'a dialog').toEqual([])
      await page.getByRole('button', { name: 'Keep it' }).click()
      await page.context().setOffline(true)
      await banner.getByText('You are offline').waitFor()
      expect(await violations(page), 'offline').toEqual([])

      const small = await windowOf(bob, { ...phone, colorScheme })
      expect(await violations(small.page), 'the list on a phone').toEqual([])
      await small.open('Two')
      await small.message('Hello yourself').waitFor()
      expect(await violations(small.page), 'a conversation on a phone').toEqual([])
      const nobody = await browser.newPage({ colorScheme })
      await nobody.goto(app.url)
      await nobody.getByText('not signed in').waitFor()
      expect(await violations(nobody), 'for nobody').toEqual([])
      await nobody.close()
    })

  for (const colorScheme of ['light', 'dark'] as const)
    test(`${colorScheme}: what a stranger asks, and whoever waits for the answer`, async ({ windowOf, alice, bob }) => {
      await alice.send(await alice.openDirect(bob), 'Hello')
      for (const options of [{}, phone]) {
        const his = await windowOf(bob, { ...options, colorScheme })
        expect(await violations(his.page), 'the list with a request').toEqual([])
        await his.open('Alice')
        await his.sees('Hello')
        expect(await violations(his.page), 'a request').toEqual([])
        await his.page.getByRole('button', { name: 'Report Alice' }).click()
        await his.page.getByRole('radio', { name: 'Something else' }).check()
        expect(await violations(his.page), 'a report').toEqual([])
        await his.page.getByRole('button', { name: 'Cancel' }).click()
        await his.page.getByRole('button', { name: 'Block or mute Alice' }).first().click()
        expect(await violations(his.page), 'whether to block').toEqual([])
        await his.page.getByRole('button', { name: 'Block Alice' }).click()
        await his.page.getByText('Message of somebody you blocked').first().waitFor()
        expect(await violations(his.page), 'blocked').toEqual([])
        await his.page.getByRole('button', { name: 'Unblock' }).click()
        const hers = await windowOf(alice, { ...options, colorScheme })
        await hers.open('Bob')
        await hers.page.getByText('has not accepted yet').waitFor()
        expect(await violations(hers.page), 'waiting').toEqual([])
      }
      const { page } = await windowOf(bob, { colorScheme })
      await page.getByRole('link', { name: 'Alice' }).click()
      await page.getByRole('button', { name: 'Decline' }).click()
      await page.getByText('You have declined').waitFor()
      expect(await violations(page), 'declined').toEqual([])
    })

  test('the engine finds what it should', async ({ browser }) => {
    const page = await browser.newPage()
    await page.setContent('<title>x</title><img src="a.png"><p style="color:#bbb;background:#ccc">pale</p><input>')
    const found = (await violations(page)).join('\n')
    for (const rule of ['html_lang_exists', 'img_alt_valid', 'text_contrast_sufficient', 'input_label_exists'])
      expect(found).toContain(rule)
    await page.close()
  })
})
