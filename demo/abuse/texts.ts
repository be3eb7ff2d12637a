/** What people say, and what spammers do: sentences put together by chance, so that none is like another. */
import type { Random } from '../lib/random.ts'

const WORDS =
  `about after again against always answer around because before behind better between bring build carry change
 close coffee could country cover cross early earth eight enough evening every example family father field follow forest garden
 great green ground group happen heavy house island kitchen large later learn letter light listen little market measure
 message minute money month morning mother mountain music never night notice number office often orange paper people picture
 place plant point question quick quiet reach ready remember river round school second sentence seven should simple since
 small sound south spring station still stone story street strong summer table teach there these thing think thought through
 today together toward travel under until usual visit voice wait walk water weather while white window winter without wonder
 world would write yellow yesterday young`.split(/\s+/) as [string, ...string[]]

export const sentence = (random: Random): string =>
  Array.from({ length: random.between(4, 14) }, () => random.pick(WORDS)).join(' ')

const OFFER = 'Cheap watches and free coins, only today at coins.example'
const COATS: readonly [(text: string, n: number) => string, ...((text: string, n: number) => string)[]] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text, n) => `${text} ${n}`,
  (text) => text.replaceAll('e', 'е').replaceAll('o', 'о'),
  (text) => text.replaceAll(' ', '  '),
  (text) => text.replaceAll('a', '4'),
  (text) => [...text].join('\u200b'),
]

/** The same again and again, each time in another coat. */
export const offer = (random: Random, n: number): string => random.pick(COATS)(OFFER, n)
