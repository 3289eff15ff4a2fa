// Which characters an agreement may hold: exactly those that our PDF font draws, so that screen, paper and digest agree on every one,
// whatever Unicode version a browser or server happens to know.

export type CharacterFault = 'bidirectional' | 'invisible' | 'control' | 'unassigned' | 'unprintable'

/**
 * Ranges drawn by DejaVu Serif (regular and bold), without combining marks: a stack of marks can hide a letter.
 * The acute accent alone stays, Russian marks stress with it. All are unchanged by NFC. A test lays them beside the font's files.
 */
const PRINTABLE: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x24f],
  [0x259, 0x259],
  [0x2b9, 0x2bf],
  [0x301, 0x301],
  [0x386, 0x386],
  [0x388, 0x38a],
  [0x38c, 0x38c],
  [0x38e, 0x3a1],
  [0x3a3, 0x3ce],
  [0x400, 0x45f],
  [0x462, 0x463],
  [0x48c, 0x48d],
  [0x490, 0x49b],
  [0x49e, 0x4a7],
  [0x4aa, 0x4b7],
  [0x4ba, 0x4bb],
  [0x4c0, 0x4c4],
  [0x4c7, 0x4c8],
  [0x4cb, 0x4cc],
  [0x4cf, 0x4f9],
  [0x531, 0x556],
  [0x559, 0x55f],
  [0x561, 0x587],
  [0x589, 0x58a],
  [0x10d0, 0x10fc],
  [0x1e00, 0x1efb],
  [0x2010, 0x2026],
  [0x2030, 0x2033],
  [0x2039, 0x203a],
  [0x203c, 0x203d],
  [0x2044, 0x2044],
  [0x2070, 0x2071],
  [0x2074, 0x208e],
  [0x20ac, 0x20ac],
  [0x20b4, 0x20b5],
  [0x20b8, 0x20ba],
  [0x20bd, 0x20bd],
  [0x2103, 0x2103],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2150, 0x217f],
  [0x2190, 0x2199],
  [0x2211, 0x2212],
  [0x221a, 0x221a],
  [0x221e, 0x221e],
  [0x2248, 0x2248],
  [0x2260, 0x2261],
  [0x2264, 0x2265],
  [0x25a0, 0x25a1],
  [0x25aa, 0x25ab],
  [0x25cb, 0x25cf],
]

function isPrintable(codePoint: number): boolean {
  let low = 0
  let high = PRINTABLE.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = PRINTABLE[middle]
    if (!range) return false
    if (codePoint < range[0]) high = middle - 1
    else if (codePoint > range[1]) low = middle + 1
    else return true
  }
  return false
}

export function printableCodePoints(): number[] {
  return PRINTABLE.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u2028\u2029]/u
const UNASSIGNED = /[\p{Cn}\p{Co}\p{Cs}]/u

/** What is wrong with one character, or undefined. Names the reason; what decides is the closed list above. */
export function characterFault(codePoint: number): CharacterFault | undefined {
  if (isPrintable(codePoint)) return undefined
  const character = String.fromCodePoint(codePoint)
  if (BIDIRECTIONAL.test(character)) return 'bidirectional'
  if (INVISIBLE.test(character)) return 'invisible'
  if (/\p{Cc}/u.test(character)) return 'control'
  if (UNASSIGNED.test(character)) return 'unassigned'
  return 'unprintable'
}

/** For names and numbers that are printed beside the text and were not checked like it: what the font lacks becomes an empty box. */
export function printableText(text: string): string {
  return [...text.normalize('NFC')].map((character) => (isPrintable(character.codePointAt(0) ?? 0) ? character : '\u25a1')).join('')
}
