/** The operator is told of a message or a user, from wherever it is seen. */
import { describe } from 'vitest'
import { needs } from '../support/needs.ts'
import { onceIsEnough } from './once.ts'
import { test } from './test-page.ts'
import { phone } from './window.ts'

describe.skipIf(needs('chromium') === null)('a report', { timeout: 60_000 }, () => {
  onceIsEnough()

  test('of a message: by keyboard alone, with a reason of the server, and a comment where it must be', async ({
    windowOf,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob], { title: 'Two' })
    await alice.send(conversation, 'Buy this')
    const { page, open, message } = await windowOf(bob)
    await open('Two')
    await message('Buy this').focus()
    await message('Buy this').getByRole('button', { name: 'Report' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Report this message' })
    await dialog.getByText('Buy this').waitFor()
    const [report, other] = [
      dialog.getByRole('button', { name: 'Report' }),
      dialog.getByRole('radio', { name: 'Something else' }),
    ]
    await other.focus()
    await page.keyboard.press('Space')
    await report.and(page.locator(':disabled')).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('It is the fifth today')
    await report.focus()
    await page.keyboard.press('Enter')
    await dialog.getByRole('status').getByText('has your report').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await message('Buy this').waitFor()
  })

  test('of a user and of a request, on a phone; nobody is offered to report himself', async ({
    windowOf,
    alice,
    bob,
    carol,
  }) => {
    const direct = await alice.openDirect(bob)
    await alice.send(direct, 'Hello')
    const group = await carol.begin([bob], { title: 'Both' })
    await bob.send(group, 'mine')
    const { page, open, message } = await windowOf(bob, phone)
    await open('Alice')
    await page.getByRole('region', { name: 'Request of Alice' }).getByRole('button', { name: 'Report' }).click()
    const ofRequest = page.getByRole('dialog', { name: 'Report this message' })
    await ofRequest.getByRole('radio', { name: 'Scam' }).check()
    await ofRequest.getByRole('button', { name: 'Report' }).click()
    await ofRequest.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Report Alice' }).click()
    const ofUser = page.getByRole('dialog', { name: 'Report Alice' })
    await ofUser.getByRole('radio', { name: 'Impersonation' }).check()
    await ofUser.getByRole('button', { name: 'Report' }).click()
    await ofUser.getByRole('status').waitFor()
    await ofUser.getByRole('button', { name: 'Close' }).click()
    await page.goBack()
    await open('Both')
    await message('mine').hover()
    await message('mine').getByRole('button', { name: 'Edit' }).waitFor()
    await message('mine').getByRole('button', { name: 'Report' }).waitFor({ state: 'detached' })
  })

  test('that is refused says why, and can be made again', async ({ windowOf, alice, bob }) => {
    const conversation = await alice.begin([bob], { title: 'Two' })
    await alice.send(conversation, 'Buy this')
    const { page, open, message } = await windowOf(bob)
    await open('Two')
    await message('Buy this').hover()
    await message('Buy this').getByRole('button', { name: 'Report' }).click()
    const dialog = page.getByRole('dialog', { name: 'Report this message' })
    await dialog.getByRole('radio', { name: 'Spam' }).check()
    await dialog.getByRole('textbox').fill('x'.repeat(20_000))
    await dialog.getByRole('button', { name: 'Report' }).click()
    await dialog
      .getByRole('alert')
      .getByText(/comment/)
      .waitFor()
    await dialog.getByRole('textbox').fill('short')
    await dialog.getByRole('button', { name: 'Report' }).click()
    await dialog.getByRole('status').waitFor()
  })
})
