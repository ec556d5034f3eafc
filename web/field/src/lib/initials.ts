// Finding somebody by name or by the first letters of its pinyin, without a table of characters.

/** The first character of each letter in the order of pinyin; i, u and v begin no syllable. */
const firsts: [letter: string, character: string][] = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '哒'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '讥'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '痳'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '妑'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '扨'],
  ['t', '它'],
  ['w', '穵'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
]
/** Made when it is first asked for: it takes its time, and nobody is sought before the first screen. */
let compare: Intl.Collator['compare'] | undefined
/** Family names that are not read as the character usually is. */
const names: Record<string, string> = {
  曾: 'z',
  单: 's',
  解: 'x',
  仇: 'q',
  区: 'o',
  朴: 'p',
  查: 'z',
  覃: 'q',
  翟: 'z',
}

function letterOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase()
  const before = (compare ??= new Intl.Collator('zh-CN-u-co-pinyin').compare)
  return firsts.filter(([, first]) => before(first, character) <= 0).pop()?.[0] ?? ''
}

export function initials(name: string): string {
  const [first = '', ...others] = name
  return (names[first] ?? letterOf(first)) + others.map(letterOf).join('')
}

export function isNamed(name: string, sought: string): boolean {
  const wanted = sought.trim().toLowerCase()
  return name.includes(wanted) || initials(name).includes(wanted)
}
