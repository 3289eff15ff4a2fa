import { givenAndFamily } from './given-family.ts'

/** Two letters for an avatar: first name and family name, as people say them; never the father's name. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word))
  const letters = givenAndFamily(name) ?? (words.length > 1 ? [words[0], words[1]] : [words[0]])
  return letters.map((word) => (word?.match(/\p{L}/u)?.[0] ?? '').toLocaleUpperCase()).join('')
}
