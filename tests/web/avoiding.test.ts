/** Somebody is blocked or muted in the page, and it is taken back. */
import { describe, expect } from 'vitest'
import { needs } from '../support/needs.ts'
import { onceIsEnough } from './once.ts'
import { test } from './test-page.ts'
import { phone } from './window.ts'

describe.skipIf(needs('chromium') === null)('whom one wants nothing of', { timeout: 60_000 }, () => {
  onceIsEnough()

  test('is muted by keyboard alone: what he says is collapsed and shown on demand, until it is taken back', async ({
    windowOf,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob], { title: 'Two' })
    await alice.send(conversation, 'Buy this')
    const { page, open, message, conversations, faults } = await windowOf(bob)
    await open('Two')
    await message('Buy this').focus()
    await message('Buy this').getByRole('button', { name: 'Block or mute Alice' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Mute Alice', exact: true }).focus()
    await page.keyboard.press('Enter')
    const collapsed = page.getByRole('article', { name: /collapsed/ })
    await collapsed.getByText('Message of somebody you muted').waitFor()
    await conversations.getByText('Message of somebody you blocked or muted').waitFor()
    expect(await page.getByText('Buy this').count()).toBe(0)
    await alice.send(conversation, 'And this')
    await page.getByText('Message of somebody you muted').nth(1).waitFor()
    expect(await page.getByText('And this').count()).toBe(0) // nor is it read out
    await collapsed.first().getByRole('button', { name: 'Show' }).focus()
    await page.keyboard.press('Enter')
    await message('Buy this').waitFor()
    await message('Buy this').hover()
    await message('Buy this').getByRole('button', { name: 'Block or mute Alice' }).click()
    await page.getByRole('button', { name: 'Unmute Alice' }).click()
    await message('And this').waitFor()
    expect(faults).toEqual([])
  })

  test('is blocked from the head of a direct conversation, on a phone, and after a report; and unblocked', async ({
    windowOf,
    alice,
    bob,
  }) => {
    await alice.begin([bob], { title: 'Two' })
    const direct = await alice.openDirect(bob)
    await alice.send(direct, 'Hello')
    const { page, open, message, composer, faults } = await windowOf(bob, phone)
    await open('Alice')
    await message('Hello').waitFor()
    await page
      .getByRole('banner')
      .or(page.locator('.conversation-head'))
      .getByRole('button', { name: 'Block or mute Alice' })
      .click()
    await page.getByRole('button', { name: 'Block Alice', exact: true }).click()
    await page.getByRole('region', { name: 'Alice is blocked' }).waitFor()
    expect(await composer.count()).toBe(0)
    await page.getByRole('button', { name: 'Unblock' }).click()
    await composer.waitFor()
    await message('Hello').waitFor()
    await page.getByRole('button', { name: 'Report Alice' }).click()
    await page.getByRole('radio', { name: 'Spam' }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Report' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Block Alice' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Block Alice' }).waitFor({ state: 'detached' })
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('region', { name: 'Alice is blocked' }).waitFor()
    expect(faults).toEqual([])
  })
})
