import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/kernel/locale.ts'
import { readTextFolders } from './texts.ts'

const root = join(import.meta.dirname, '..')
const styles = join(root, 'client/ui/styles')

// it comes with pdfkit and brings no types
const { create } = createRequire(createRequire(import.meta.url).resolve('pdfkit'))('fontkit') as {
  create(bytes: Buffer): { characterSet: number[]; variationAxes: { wght?: { min: number; max: number } } }
}

interface Face {
  readonly file: string
  readonly letters: ReadonlySet<number>
  readonly ranges: readonly (readonly [first: number, last: number])[]
  readonly weights: readonly [asked: string, drawn: string]
}

/** What a sheet says of its family's files, beside what the files hold. */
function facesIn(sheet: string): Face[] {
  const source = readFileSync(join(styles, sheet), 'utf8')
  return [...source.matchAll(/@font-face \{([^}]*)\}/g)].flatMap(([, face = '']) => {
    const file = /url\("([^"]+)"\)/.exec(face)?.[1]
    if (!file) return []
    const font = create(readFileSync(join(styles, file)))
    const { min, max } = font.variationAxes.wght ?? {}
    const ranges = [...face.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(
      ([, first = '', last = first]) => [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const,
    )
    const asked = /font-weight: ([^;]+);/.exec(face)?.[1] ?? ''
    return [{ file, letters: new Set(font.characterSet), ranges, weights: [asked, `${min} ${max}`] }]
  })
}

/** A browser takes the face whose range has the letter; if that cannot draw it, a letter of another family stands in the word. */
function isDrawn(letter: string, faces: readonly Face[]): boolean {
  const code = letter.codePointAt(0) ?? 0
  return faces.some(({ letters, ranges }) => letters.has(code) && ranges.some(([first, last]) => first <= code && code <= last))
}

/** All that the platform itself writes on screens, and the templates, by language. */
function written(locale: (typeof LOCALES)[number]): ReadonlySet<string> {
  const template = readFileSync(join(root, `shared/drafting/template-texts/${locale}.json`), 'utf8')
  const texts = readTextFolders(root).flatMap(({ messages }) => Object.values(messages[locale]))
  return new Set([...texts, ...Object.values(JSON.parse(template) as Record<string, string>)].join('').replaceAll('\n', ''))
}

const FAMILIES = [
  ['Onest', facesIn('fonts.css')],
  ['Literata', facesIn('document-fonts.css')],
] as const

describe.each(FAMILIES)('the letters of %s, as they are shipped', (_family, faces) => {
  it.each(LOCALES)('[UI-120] every character of every text and template is drawn: %s', (locale) => {
    expect([...written(locale)].filter((letter) => !isDrawn(letter, faces))).toEqual([])
  })

  it('[UI-120] every letter of the Kazakh alphabet, small and capital, whether a text has it yet or not', () => {
    const alphabet = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя'
    const letters = [...alphabet, ...alphabet.toUpperCase(), '₸', '№', '«', '»']
    expect(letters.filter((letter) => !isDrawn(letter, faces))).toEqual([])
  })

  it('[UI-120] each file is drawn at every weight that its sheet offers', () => {
    expect(faces).toHaveLength(4)
    for (const { file, weights } of faces) expect([file, weights[0]]).toEqual([file, weights[1]])
  })
})
