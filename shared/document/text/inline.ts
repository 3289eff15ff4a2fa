// A block's letters to clean lines. Spaces of every width become one plain space: their number and width mean nothing and cannot be seen.
// Bold and italic are not part of the text: what is signed is the words.
import { characterFault } from '#shared/kernel/text/clean-text.ts'
import type { CharacterFault } from '#shared/kernel/text/letter-table.ts'

const SPACES = /[\p{Zs}\t]+/gu
const COMBINING = 0x301

interface FoundCharacter {
  readonly kind: CharacterFault
  readonly codePoint: number
  readonly near: string
}

/** Lines of a block: hard breaks divide them, empty ones fall away. */
export function cleanLines(words: string): string[] {
  return words
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(SPACES, ' ').trim())
    .filter((line) => line !== '')
}

export function findCharacters(line: string): FoundCharacter[] {
  const found: FoundCharacter[] = []
  const characters = [...line]
  for (const [index, character] of characters.entries()) {
    const codePoint = character.codePointAt(0) ?? 0
    const kind = characterFault(codePoint) ?? strayAccent(characters, index)
    if (kind) found.push({ kind, codePoint, near: around(characters, index) })
  }
  return found
}

/** An accent needs a letter of its own before it. */
function strayAccent(characters: readonly string[], index: number): CharacterFault | undefined {
  if (characters[index]?.codePointAt(0) !== COMBINING) return undefined
  return /^\p{L}$/u.test(characters[index - 1] ?? '') ? undefined : 'unprintable'
}

function around(characters: readonly string[], index: number): string {
  return characters
    .slice(Math.max(0, index - 20), index + 20)
    .filter((character) => characterFault(character.codePointAt(0) ?? 0) === undefined)
    .join('')
    .trim()
}
