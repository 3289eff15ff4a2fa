// Makes the table of letters that an agreement may hold: of the blocks offered here, what both weights of the PDF's font draw.
// `npx tsx scripts/letters.ts` writes it, `--check` fails when the committed one says otherwise.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

type Ranges = [first: number, last: number][]

const FILE = join(import.meta.dirname, '../shared/kernel/text/printable.ts')

/**
 * What people here write names and agreements with. Left out although the font draws it: phonetic and small letters, polytonic Greek,
 * old Cyrillic letters that look like today's (ѳ), drawings, anything that turns one printed text into two readings.
 */
const OFFERED: Ranges = [
  [0x20, 0x9f],
  [0xa1, 0x24f], // Latin with its neighbours
  [0x259, 0x259], // Azerbaijani
  [0x2b9, 0x2bf], // letter apostrophes
  [0x386, 0x3ce], // Greek
  [0x400, 0x45f], // Cyrillic
  [0x462, 0x463],
  [0x48a, 0x4ff], // Kazakh, Tatar, Bashkir …
  [0x531, 0x58a], // Armenian
  [0x10d0, 0x10fc], // Georgian
  [0x1e00, 0x1eff],
  [0x2010, 0x2026], // dashes, quotes, dots
  [0x2030, 0x2033],
  [0x2039, 0x203a],
  [0x203c, 0x203d],
  [0x2044, 0x2044],
  [0x2070, 0x208e],
  [0x20ac, 0x20ac],
  [0x20b4, 0x20bd], // ₴ ₸ ₺ ₽
  [0x2103, 0x2103],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2150, 0x217f],
  [0x2190, 0x2199],
  [0x2211, 0x2212],
  [0x221a, 0x221a],
  [0x221e, 0x221e],
  [0x2248, 0x2248],
  [0x2260, 0x2265],
  [0x25a0, 0x25a1],
  [0x25aa, 0x25ab],
  [0x25cb, 0x25cf],
]

/** Stress is marked with it in Russian; every other mark has to be part of a composed letter. */
const ACCENT = 0x301

export function printableRanges(): Ranges {
  const require = createRequire(createRequire(import.meta.url).resolve('pdfkit'))
  // it comes with pdfkit and brings no types
  const fontkit = require('fontkit') as { create(bytes: Buffer): { hasGlyphForCodePoint(code: number): boolean } }
  const file = createRequire(import.meta.url).resolve
  const fonts = ['DejaVuSerif.ttf', 'DejaVuSerif-Bold.ttf'].map((name) =>
    fontkit.create(readFileSync(file(`dejavu-fonts-ttf/ttf/${name}`))),
  )
  const ranges: Ranges = []
  const codes = [...OFFERED.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at)), ACCENT]
  for (const code of codes.sort((a, b) => a - b)) {
    if (!fonts.every((font) => font.hasGlyphForCodePoint(code)) || !(code === ACCENT || isPlain(String.fromCodePoint(code)))) continue
    const last = ranges.at(-1)
    if (last?.[1] === code - 1) last[1] = code
    else ranges.push([code, code])
  }
  return ranges
}

/** Seen by itself, and left alone by NFC. */
function isPlain(character: string): boolean {
  return character.normalize('NFC') === character && !/[\p{M}\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character)
}

function source(ranges: Ranges): string {
  const hex = (code: number) => `0x${code.toString(16)}`
  return [
    '// Made by `npx tsx scripts/letters.ts` from the font files: the letters that names and agreements may hold, all of them drawn in both weights.',
    '// So screen, paper and digest agree on every one, whatever Unicode version a browser or server happens to know.',
    'export const PRINTABLE: readonly (readonly [first: number, last: number])[] = [',
    ...ranges.map(([first, last]) => `  [${hex(first)}, ${hex(last)}],`),
    ']',
    '',
  ].join('\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const made = source(printableRanges())
  if (!process.argv.includes('--check')) writeFileSync(FILE, made)
  else if (readFileSync(FILE, 'utf8') !== made) {
    console.error('shared/kernel/text/printable.ts is not what the fonts say: run `npx tsx scripts/letters.ts`')
    process.exitCode = 1
  }
}
