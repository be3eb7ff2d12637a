/** What people in a made-up conversation say: many languages and scripts, code, art, and characters that programs stumble over. */

export const sentences: [string, ...string[]] = [
  'Has anybody got the printer to work since the upgrade?',
  'yes, but only over the network :)',
  'try it again with the cable out',
  'lol',
  '+1',
  'What does it say when you run it by hand?',
  'Guten Morgen zusammen, läuft der Server wieder? Größe: 12 Äpfel à 3 €',
  'Où est passé le fichier que j’ai envoyé hier, à peu près vers midi ?',
  '¿Alguien sabe cómo arreglarlo? ¡Mañana es la fiesta del niño!',
  'Привет! Кто-нибудь ещё видит эту ошибку?',
  'Добрий день, її вже виправлено в новій версії',
  'Γειά σας, ποιος είναι εδώ;',
  'שלום לכולם, מישהו יכול לעזור?',
  'مرحبا، هل يمكن لأحد أن يساعدني في التثبيت؟',
  'A mixture: English, עברית, and عربي, in one line (1 2 3).',
  'नमस्ते, क्या कोई मेरी मदद कर सकता है?',
  'আমি বাংলায় গান গাই',
  'สวัสดีครับ มีใครอยู่ไหม',
  '你好，有人知道怎么安装吗？',
  '請問這個問題解決了嗎？',
  'こんにちは、アップデート後に起動しません。ｶﾀｶﾅも。',
  '안녕하세요, 도와주실 분 계신가요?',
  'Xin chào, tôi không thể kết nối được',
  'Merhaba, IĞDIR ve ığdır aynı mı? İstanbul',
  'გამარჯობა, როგორ ხართ?',
  'Բարեւ ձեզ',
  'ሰላም፣ እንዴት ናችሁ?',
  'Cześć, zażółć gęślą jaźń',
  'Příliš žluťoučký kůň úpěl ďábelské ódy',
  'Þetta virkar ekki, held ég',
  '👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇭 ❤️ 1️⃣',
  'composed é and decomposed é must stay what they are',
  'zalgo: h̷̡̛e̶̢̛ ̵c̸̛o̷m̶e̵s̷',
  'zero width: a\u200bb\u200dc\ufeffd, soft\u00adhyphen, bidi \u202eabc\u202c',
  'line\u2028separator and paragraph\u2029separator',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 𠜎 𝄞 outside the basic plane',
  '  two spaces before, two behind  ',
  'tabs\tand\ttabs\r\nand a Windows line end',
  'see https://example.org/a%20b?q=1&r=[2]#top and ftp://example.net/~user/',
  "<script>alert('x')</script> &amp; <b>bold</b>",
  '"; DROP TABLE message; --  \' OR 1=1',
  '{"type":"next","id":"1","payload":{"data":{"event":null}}}',
  'C:\\new\\table \\u0041 \\\\ %s %d %n $HOME $(reboot) `id`',
  'null',
  '0',
  'undefined NaN Infinity -0 1e309',
  'sudo rm -rf / # do not do this',
  'for (const x of xs) if (x < 3 && y > 4) { z ??= x ** 2 }',
  '\u0001 a control character, \u007f and another, \u0085 and one more',
  '/me shrugs ¯\\_(ツ)_/¯',
]

export const art: [string, ...string[]] = [
  String.raw`
  /\_/\
 ( o.o )
  > ^ <`,
  String.raw`
   __
  /  \__   ___
 (    @\__/  |
 /         O |
/   (_____/  |
/_____/   U  |`,
  '┌─────────┐\n│ 1 │ 2 ▓ │\n├───┼─────┤\n│ ░ │ ▒ █ │\n└───┴─────┘',
  '|\\   |  ^\n| \\  | / \\\n|  \\ |/   \\\n|   \\|     \\',
]

/** Beginnings of names; a number makes them different. */
export const names: [string, ...string[]] = [
  '|trey|',
  'Matt|',
  '[away]',
  'x`y`',
  '^caret^',
  '{brace}',
  '\\back\\',
  'dotted.name',
  'dash-ed',
  'under_score_',
  "O'Neill",
  'quo"te',
  'a b c',
  'Zoë',
  'Łukasz',
  'Ольга',
  'محمد',
  'דוד',
  'さくら',
  '小明',
  '지민',
  'नेहा',
  '🦊',
  'percent%20',
  '<i>',
  '&lt;',
  'null',
  '0x',
  'a/b',
  'semi;colon',
]
