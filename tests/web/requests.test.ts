/** A stranger's request in the page: who asks waits, who is asked decides. */
import { describe, expect } from 'vitest'
import { needs } from '../support/needs.ts'
import { onceIsEnough } from './once.ts'
import { test } from './test-page.ts'
import { phone } from './window.ts'

describe.skipIf(needs('chromium') === null)('a stranger’s request', { timeout: 60_000 }, () => {
  onceIsEnough()

  test('waits above the conversations; accepted, both talk', async ({ windowOf, alice, bob }) => {
    await bob.begin([], { title: 'Own' })
    const his = await windowOf(bob)
    await alice.openDirect(bob)
    const hers = await windowOf(alice)
    await hers.open('Bob')
    await hers.page.getByText('Bob has to accept you first').waitFor()
    await hers.say('Hello')
    await hers.page.getByText('Bob has not accepted yet').waitFor()
    await hers.message('Hello').and(hers.page.locator('[data-state="sent"]')).waitFor()
    await hers.say('Are you there?')
    await hers.message('Are you there?').getByText('Not sent: You have said what may be said').waitFor()

    await his.conversations.getByRole('region', { name: 'Requests' }).getByRole('link', { name: 'Alice' }).waitFor()
    await his.open('Alice')
    await his.sees('Hello')
    const panel = his.page.getByRole('region', { name: 'Request of Alice' })
    await panel.getByText('Alice wants to talk to you').waitFor()
    expect(await his.composer.count()).toBe(0)
    await his.message('Hello').hover()
    expect(await his.message('Hello').getByRole('button', { name: 'Reply' }).count()).toBe(0)
    await panel.getByRole('button', { name: 'Accept' }).click()
    await his.say('Hello yourself')
    await hers.sees('Hello yourself')
    await hers.page.getByText('Bob has not accepted yet').waitFor({ state: 'detached' })
    await hers.message('Are you there?').getByRole('button', { name: 'Try again' }).click()
    await his.sees('Are you there?')
    expect(await his.conversations.getByRole('region', { name: 'Requests' }).count()).toBe(0)
    expect([...hers.faults, ...his.faults]).toEqual([])
  })

  test('declined, by keyboard alone, it is gone from the list, and accepted after all', async ({
    windowOf,
    alice,
    bob,
  }) => {
    await bob.begin([], { title: 'Own' })
    await alice.send(await alice.openDirect(bob), 'Hello')
    const { page, conversations, faults } = await windowOf(bob, phone)
    await conversations.getByRole('link', { name: 'Alice' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Decline' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('You have declined what Alice asked').waitFor()
    await page.goBack()
    expect(await conversations.getByRole('link', { name: 'Alice' }).count()).toBe(0)
    await page.goForward()
    await page.getByRole('button', { name: 'Accept after all' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    await page.goBack()
    await conversations.getByRole('link', { name: 'Alice' }).waitFor()
    expect(faults).toEqual([])
  })
})
