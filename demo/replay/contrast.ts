/** Two texts that should be the same, for a line of the verdict: from shortly before the first difference; what prints as nothing is escaped. */
export function contrast(one: string, other: string): string {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const start = Math.max(0, same - 10)
  const part = (text: string) => {
    const shown = JSON.stringify(text.slice(start, start + 40)).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)
    return `${start > 0 ? '…' : ''}${shown}${text.length > start + 40 ? '…' : ''}`
  }
  return `${part(one)}, not ${part(other)}`
}

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`
