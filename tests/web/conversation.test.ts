/** What can be done in a conversation, by mouse and by keyboard. */
import { describe, expect } from 'vitest'
import { needs } from '../support/needs.ts'
import { onceIsEnough } from './once.ts'
import { test } from './test-page.ts'
import { phone, type Window } from './window.ts'

const COUNT = 240

/** Scrolls until it is in sight, and answers each seq that was seen on the way. */
async function scrollTo({ page, shown, message }: Window, text: string, pixels: number): Promise<Set<number>> {
  const seen = new Set<number>()
  const box = await page.getByRole('feed').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 200)
  await expect
    .poll(
      async () => {
        for (const { seq } of await shown()) seen.add(seq)
        if (await message(text).isVisible()) return true
        await page.mouse.wheel(0, pixels)
        return false
      },
      { timeout: 30_000, interval: 30 },
    )
    .toBe(true)
  return seen
}

describe.skipIf(needs('chromium') === null)('a conversation in the page', { timeout: 60_000 }, () => {
  onceIsEnough()

  test('history is read to its beginning, of which only what is in sight is in the page; and back to the newest', async ({
    windowOf,
    tenant,
    alice,
  }) => {
    const conversation = await alice.begin([], { title: 'Long' })
    await tenant.fill(conversation, alice, COUNT)
    const window = await windowOf(alice)
    await window.open('Long')
    await window.message(`message ${COUNT - 1}`).waitFor()

    const seen = await scrollTo(window, 'message 0', -300)
    for (let seq = 2; seq <= COUNT; seq++) expect(seen, `seq ${seq} was never shown`).toContain(seq)
    expect(await window.messages.count()).toBeLessThan(60)
    await window.page.getByRole('button', { name: /To the newest/ }).click()
    await window.message(`message ${COUNT - 1}`).waitFor()
    expect(window.faults).toEqual([])
  })

  test('a quote leads to what was said, far back, and from there one reads on to the newest', async ({
    windowOf,
    tenant,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob], { title: 'Long' })
    const { id: replyToId } = await bob.send(conversation, 'the first of all')
    await tenant.fill(conversation, alice, COUNT)
    await alice.send(conversation, 'the answer', { replyToId })
    const window = await windowOf(alice)
    await window.open('Long')
    await window
      .message('the answer')
      .getByRole('button', { name: /In reply to/ })
      .click()
    await window.page.locator('article[data-found="true"]').getByText('the first of all').waitFor()
    const seen = await scrollTo(window, 'the answer', 300)
    expect(seen.size).toBeGreaterThan(COUNT)
    expect(window.faults).toEqual([])
  })

  test('one that is opened again is read on from where it was', async ({ windowOf, tenant, alice }) => {
    const conversation = await alice.begin([], { title: 'Long' })
    await tenant.fill(conversation, alice, COUNT)
    const window = await windowOf(alice, phone)
    await window.open('Long')
    await window.message(`message ${COUNT - 1}`).waitFor()
    await window.page.getByRole('link', { name: 'Back to the list' }).click()
    await window.open('Long')
    await window.message(`message ${COUNT - 1}`).waitFor()
    await window.page.getByText('Loading…').waitFor({ state: 'detached' })
    await scrollTo(window, 'message 100', -400)
  })

  test('one answers, mentions, edits, reacts and deletes, and the other one sees it', async ({
    windowOf,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob], { title: 'Two' })
    await alice.send(conversation, 'Hello')
    const [hers, his] = [await windowOf(alice), await windowOf(bob)]
    const hisItem = his.conversations.getByRole('link', { name: 'Two' })
    await hisItem.getByText('1 unread').waitFor({ state: 'attached' })

    await hers.open('Two')
    await hers.composer.pressSequentially('Well, @bo')
    await hers.page.getByRole('option', { name: 'Bob' }).waitFor()
    await hers.composer.press('Enter')
    await hers.composer.pressSequentially('what do you say?')
    await hers.composer.press('Enter')
    await hisItem.getByText('2 unread, you are mentioned').waitFor({ state: 'attached' })
    await his.open('Two')
    await hisItem.getByText('unread').waitFor({ state: 'detached' })
    await his.page.locator('.mention', { hasText: '@Bob' }).waitFor()

    await his.message('Hello').hover()
    await his.message('Hello').getByRole('button', { name: 'Reply' }).click()
    await his.say('Hello yourself')
    await hers.message('Hello yourself').getByText('Hello', { exact: true }).waitFor()
    await hers.page.locator('[aria-live]', { hasText: 'Bob: Hello yourself' }).waitFor({ state: 'attached' })
    await hers.message('Hello yourself').hover()
    await hers.message('Hello yourself').getByRole('button', { name: 'React with heart' }).click()
    await his.message('Hello yourself').getByRole('button', { name: '❤️, 1' }).waitFor()

    await his.composer.press('ArrowUp')
    await his.say('Hello to you')
    await hers.message('Hello to you').getByText('edited').waitFor()
    await his.message('Hello to you').hover()
    await his.message('Hello to you').getByRole('button', { name: 'Delete' }).click()
    await his.page.getByRole('button', { name: 'Delete for everybody' }).click()
    for (const window of [hers, his]) await window.message('This message was deleted').waitFor()
    expect([...hers.faults, ...his.faults]).toEqual([])
  })

  test('what was refused says why, and can be tried again or thrown away', async ({ windowOf, newTenant }) => {
    const tenant = await newTenant({ messageTextLength: 10 })
    const alice = await tenant.user('alice')
    await alice.begin([], { title: 'Short' })
    const window = await windowOf(alice)
    await window.open('Short')
    await window.say('longer than ten')
    const refused = window.message('longer than ten')
    await refused.getByText(/Not sent: /).waitFor()
    await refused.getByRole('button', { name: 'Try again' }).click()
    await refused.getByText(/Not sent: /).waitFor()
    await refused.getByRole('button', { name: 'Discard' }).click()
    await refused.waitFor({ state: 'detached' })
    await window.say('short')
    await window.sees('short')
  })

  test('the keyboard alone is enough', async ({ windowOf, alice }) => {
    const conversation = await alice.begin([], { title: 'Keys' })
    for (const text of ['one', 'two', 'three']) await alice.send(conversation, text)
    const { page, conversations, message, composer } = await windowOf(alice)
    await conversations.getByRole('link', { name: 'Keys' }).focus()
    await page.keyboard.press('Enter')
    await message('three').waitFor()
    await composer.focus()
    await page.keyboard.press('Shift+Tab') // to what can be done to the newest message
    await message('three').focus()
    await page.keyboard.press('ArrowUp')
    const focused = page.locator('article:focus')
    await focused.getByText('two').waitFor()
    await page.keyboard.press('Home')
    await focused.getByText('one').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter') // the first of its actions: a reaction
    await message('one').getByRole('button', { name: '👍, 1' }).waitFor()
    await page.keyboard.press('End')
    await focused.getByText('three').waitFor()
  })

  test('on a phone it is the list or the conversation, and back is back', async ({ windowOf, alice }) => {
    const conversation = await alice.begin([], { title: 'Small' })
    await alice.send(conversation, 'hello')
    const { page, conversations, message, open } = await windowOf(alice, phone)
    await open('Small')
    await message('hello').waitFor()
    expect(await conversations.isVisible()).toBe(false)
    await page.goBack()
    await conversations.waitFor()
    expect(await message('hello').isVisible()).toBe(false)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  test('a conversation of others is not there, and the list still is', async ({ windowOf, alice, bob }) => {
    const theirs = await alice.begin([], { title: 'Secret' })
    await bob.begin([], { title: 'Own' })
    const { page, open } = await windowOf(bob)
    await page.evaluate(`location.hash = '#/${theirs}'`)
    await page.getByText('There is no such conversation').waitFor()
    await open('Own')
  })

  test('without a link, or with one that was cut off or has ended, it says how to get in', async ({ app, browser }) => {
    const page = await browser.newPage()
    await page.goto(app.url)
    await page.getByText('You are not signed in here').waitFor()
    await page.goto(`${app.url}/#token=eyJhbGciOi`)
    await page.getByText('This link is not complete').waitFor()
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    await page.goto(`${app.url}/#token=${part({ alg: 'HS256', kid: 'x' })}.${part({ sub: 'alice' })}.x`)
    await page.getByText('Your sign-in has ended').waitFor()
    await page.close()
  })
})
