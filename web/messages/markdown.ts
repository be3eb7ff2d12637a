/** The subset of Markdown that messages are written in: docs/FORMATTING.md. What is not in its table is text. */
import { Marked, type Token } from 'marked'

export type { Token } from 'marked'

/** To the first blank; marks that end a sentence do not belong to it. */
const BARE_LINK = /^https?:\/\/[^\s<>]*[^\s<>.,)!?]/
const SCHEMES = /^(https?|mailto|tel):/i

const none = () => undefined

const marked = new Marked({
  breaks: true,
  tokenizer: {
    autolink: none,
    code: none,
    def: none,
    heading: none,
    hr: none,
    html: none,
    lheading: none,
    reflink: none,
    table: none,
    tag: none,
    /** A picture is the link to it, a link to elsewhere than the web is text. */
    link(source) {
      const target = /^\[[^\]]*\]\(\s*<?([^\s)>]*)/.exec(source)?.[1] ?? ''
      return SCHEMES.test(target) ? false : undefined // false: as always
    },
    url(source) {
      const [raw] = BARE_LINK.exec(source) ?? []
      return raw ? { type: 'link', raw, href: raw, text: raw, tokens: [{ type: 'text', raw, text: raw }] } : undefined
    },
  },
})

export const tokensOf = (text: string): Token[] => marked.lexer(text)
