const FATHERS_NAME = /\p{L}(?:ұлы|улы|қызы|кызы|оглы|вич|вна|ична|uly|qyzy|kyzy|vich|vna)$/iu
/** Stands for itself: Серік қызы. */
const CHILD_OF = /^(?:ұлы|улы|қызы|кызы|оглы|uly|qyzy|kyzy)$/iu

/**
 * First name and family name of a person's whole name, in this order. The father's name tells them apart: it stands between them
 * (Айгүл Серікқызы Нұрланова), or behind both (Нұрланова Айгүл Серік қызы). Undefined where there is none, or where the rest is not two words
 * that begin with a capital letter.
 */
export function givenAndFamily(name: string): readonly [string, string] | undefined {
  const words = name.trim().split(/\s+/)
  const end = words.findIndex((word, index) => (index > 0 && FATHERS_NAME.test(word)) || (index > 1 && CHILD_OF.test(word)))
  const begin = end > 0 && CHILD_OF.test(words[end] ?? '') ? end - 1 : end
  const [first, second, ...more] = words.filter((_, index) => index < begin || index > end)
  if (begin < 1 || first === undefined || second === undefined || more.length > 0 || !/^\p{Lu}.*\s\p{Lu}/u.test(`${first} ${second}`))
    return undefined
  return begin === 1 ? [first, second] : [second, first]
}
