/** A message's text with what its marks mean. Elements are made of it, never HTML. */
import { Fragment, type ReactNode, useMemo } from 'react'
import type { Message } from '../../client/index.ts'
import { type Token, tokensOf } from './markdown.ts'
import { type Part, withMarks } from './mention-marks.ts'

export function MessageText({ message: { text, mentions } }: { message: Pick<Message, 'text' | 'mentions'> }) {
  const { tokens, partsOf } = useMemo(() => {
    const { marked, partsOf } = withMarks(text, mentions)
    return { tokens: tokensOf(marked), partsOf }
  }, [text, mentions])
  return <div className="text">{all(tokens, partsOf)}</div>
}

type PartsOf = (text: string) => Part[]

// biome-ignore-start lint/suspicious/noArrayIndexKey: a text is shown anew as a whole, and its parts have no state.
function all(tokens: readonly Token[], partsOf: PartsOf): ReactNode {
  return tokens.map((token, index) => <Fragment key={index}>{one(token, partsOf)}</Fragment>)
}

function words(text: string, partsOf: PartsOf): ReactNode {
  return partsOf(text).map(({ kind, text }, index) =>
    kind === 'text' ? (
      text
    ) : (
      <span key={index} className="mention">
        {text}
      </span>
    ),
  )
}
// biome-ignore-end lint/suspicious/noArrayIndexKey: as above

function one(token: Token, partsOf: PartsOf): ReactNode {
  const inside = 'tokens' in token && token.tokens ? all(token.tokens, partsOf) : null
  switch (token.type) {
    case 'paragraph':
      return <p>{inside}</p>
    case 'blockquote':
      return <blockquote>{inside}</blockquote>
    case 'list':
      return token.ordered ? (
        <ol start={token.start || 1}>{all(token.items, partsOf)}</ol>
      ) : (
        <ul>{all(token.items, partsOf)}</ul>
      )
    case 'list_item':
      return <li>{inside}</li>
    case 'strong':
      return <strong>{inside}</strong>
    case 'em':
      return <em>{inside}</em>
    case 'del':
      return <del>{inside}</del>
    case 'link':
      return (
        <a href={token.href} target="_blank" rel="noreferrer">
          {inside}
        </a>
      )
    case 'code':
      return (
        <pre>
          <code>{words(token.text, partsOf)}</code>
        </pre>
      )
    case 'codespan':
      return <code>{words(token.text, partsOf)}</code>
    case 'br':
      return <br />
    case 'space':
      return null
    case 'escape':
      return token.text
    default: // text, and what a newer version of the parser may bring
      return inside ?? words('text' in token ? token.text : token.raw, partsOf)
  }
}
