/**
 * Whether a text holds what a reader, or his client, takes for an address: of the web, of mail, of a phone. Made to refuse and not to draw, so it
 * rather finds one too many: without a scheme, too, and behind signs that nobody sees. In time that grows with the text and no faster. Pure.
 */

/** With an authority; and those of docs/FORMATTING.md, and one that runs, which need none. */
const SCHEME = /[a-z0-9]:\/\/|\b(?:mailto|tel|sms|javascript):\S/i
const WWW = /(?<![\p{L}\p{N}])www\.[\p{L}\p{N}]/iu
const MAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.[\p{L}\p{N}]/u
const NETWORK = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![.\d])/
/** What a host's name has nothing of. */
const BETWEEN_HOSTS = /[^\p{L}\p{N}._-]+/u

const OF_COUNTRIES =
  /^(?:a[cdefgilmnoqrstuwxz]|b[abdefghijmnorstvwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[cegrstu]|f[ijkmor]|g[abdefghilmnpqrstuwy]|h[kmnrtu]|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|l[abcikrstuvy]|m[acdeghklmnopqrstuvwxyz]|n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]|s[abcdeghijklmnortuvxyz]|t[cdfghjklmnortvwz]|u[agksyz]|v[aceginu]|w[fs]|y[et]|z[amw])$/
/** Those that people type, and those of which most abuse is told; none that is an everyday word at the beginning of a sentence. */
const GENERIC = new Set(
  (
    'com net org info biz edu gov mil int mobi asia jobs museum aero coop onion app dev page web site website online ' +
    'store shop blog cloud tech space live xyz top club vip icu cyou sbs cfd bond rest buzz click link links lol win ' +
    'bid loan men date trade party review stream download racing science zone host press email chat social network ' +
    'finance cash credit bank market markets exchange trading capital fund crypto casino bet poker games dating sex ' +
    'sexy porn adult cam webcam health care doctor legal expert guru academy company business center services ' +
    'solutions support systems digital software design studio photo photos pics video movie film audio radio wiki ' +
    'quest monster beauty makeup zip mov foo esq рф рус укр бел срб мкд қаз онлайн сайт орг дети москва ком ' +
    '中国 中國 香港 台湾 台灣 网址 网站 网店 在线 中文网 コム みんな 한국 भारत السعودية امارات مصر ایران شبكة موقع'
  ).split(' '),
)

export function holdsLink(given: string): boolean {
  const text = asRead(given)
  if ([SCHEME, WWW, MAIL, NETWORK].some((pattern) => pattern.test(text))) return true
  return text.split(BETWEEN_HOSTS).some(isHost)
}

/** Labels with dots between them, of which the last one is known as such; a full stop may follow. */
function isHost(word: string): boolean {
  const labels = word.split('.')
  return labels.some((label, i) => {
    const [before, after] = [labels[i - 1], labels[i + 1]]
    return before && !after && isEnding(label.toLowerCase()) && !isSentence(label)
  })
}

/** As a browser would: full-width letters and dots are letters and dots, and what has no width is not there. */
const asRead = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .replace(/[。․]/g, '.')

const isEnding = (ending: string): boolean =>
  ending.startsWith('xn--') || OF_COUNTRIES.test(ending) || GENERIC.has(ending)

/** "I see.So" lacks a blank; "see.so" is an address. */
const isSentence = (ending: string): boolean => /^(?:Am|As|At|Be|By|Do|In|Is|It|Me|My|No|So|To|Us)$/.test(ending)
