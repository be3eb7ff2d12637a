/** Whether two answers tell the same, but for the id that each was asked with. */
import type { Answer } from '../actor.ts'

const TYPE_ID = /\b[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g
const WORD = /\bword \d+\b/g

export const told = (answer: Answer<unknown>, given: string): string => withoutGiven(JSON.stringify(answer), given)

/** What every done mutation makes anew is no difference: ids, times and our own words. */
export function withoutGiven(json: string, given: string): string {
  const escaped = JSON.stringify(given).slice(1, -1)
  const plain = escaped ? json.replaceAll(escaped, '<given>') : json
  return plain.replace(TYPE_ID, '<id>').replace(TIME, '<time>').replace(WORD, '<word>')
}

/** A fault of the server instead of an answer. */
export const isUnexpected = ({ status, errors }: Answer<unknown>): boolean =>
  status >= 500 || errors.some(({ extensions }) => extensions?.code === 'INTERNAL')
