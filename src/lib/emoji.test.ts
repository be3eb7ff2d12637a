import { describe, expect, test } from 'vitest'
import { oneEmoji } from './emoji.ts'

describe('an emoji', () => {
  test.each(['👍', '👍🏽', '❤️', '👩‍👩‍👧‍👦', '🇧🇷', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '1️⃣'])('is %s', (emoji) => expect(oneEmoji(emoji)).toBe(emoji))

  test('is the same however it is written', () => expect(oneEmoji('❤')).toBe(oneEmoji('❤️')))

  test.each(['', 'a', '1', ':+1:', '👍👍', '👍 ', '<b>', '\u200d', '#', 'é'])('is not %j', (text) =>
    expect(oneEmoji(text)).toBeNull(),
  )
})
