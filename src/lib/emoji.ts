/** Emoji as people mean them: one picture is one reaction, however their keyboard writes it. */

const EMOJI = /^\p{RGI_Emoji}$/v
/** Asks for the coloured picture of a character that has a plain one, too. */
const AS_PICTURE = '\uFE0F'

/** The emoji in the form in which it is recommended; null for what is not exactly one. */
export function oneEmoji(text: string): string | null {
  const bare = text.replaceAll(AS_PICTURE, '')
  return [text, `${bare}${AS_PICTURE}`, bare].find((form) => EMOJI.test(form)) ?? null
}
