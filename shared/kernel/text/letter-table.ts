// Which characters pass in a message, in a name, in a document: one table, read by every field on the device and on the server.
// What it does not list passes in a message; a name or a document holds of it what the agreement's font prints (printable.ts).
import type { Ranges } from './ranges.ts'

/** `message`: what people say. `name`: one line that is read aloud or printed. `document`: lines that may stand in the agreement. */
export type TextUse = 'message' | 'name' | 'document'

/** Why a character may not stand in a text. */
export type CharacterFault = 'bidirectional' | 'invisible' | 'control' | 'unassigned' | 'unprintable'

/** `drop`: taken out in silence, nobody meant it. `line`: a line break. `space`: one plain space. */
export type Treatment = 'pass' | 'drop' | 'line' | 'space' | CharacterFault

export interface LetterClass extends Readonly<Record<TextUse, Treatment>> {
  readonly ranges: Ranges
  /** Makes a text read otherwise than it is stored. No release has accepted it in a line: nothing that is stored or signed holds it. */
  readonly deceptive: boolean
}

const everywhere = (treatment: Treatment) => ({ message: treatment, name: treatment, document: treatment })

export const LETTER_CLASSES = {
  lineFeed: { ranges: [[0x0a, 0x0a]], deceptive: false, message: 'line', document: 'line', name: 'space' },
  /** What other programs break lines with: Word's U+000B, Windows' U+000D, U+2028. */
  lineBreaks: {
    ranges: [
      [0x0b, 0x0d],
      [0x85, 0x85],
      [0x2028, 0x2029],
    ],
    deceptive: true,
    message: 'line',
    document: 'line',
    name: 'space',
  },
  tab: { ranges: [[0x09, 0x09]], deceptive: false, message: 'pass', document: 'space', name: 'space' },
  /** Their width cannot be compared by eye; in print every one is a plain space. */
  wideSpaces: {
    ranges: [
      [0xa0, 0xa0],
      [0x1680, 0x1680],
      [0x2000, 0x200a],
      [0x202f, 0x202f],
      [0x205f, 0x205f],
      [0x3000, 0x3000],
    ],
    deceptive: false,
    message: 'pass',
    document: 'space',
    name: 'space',
  },
  /** Stray hints to the layout that come along when something is copied: soft hyphens, joiners, direction marks, variation selectors. */
  layoutHints: {
    ranges: [
      [0xad, 0xad],
      [0x34f, 0x34f],
      [0x61c, 0x61c],
      [0x180b, 0x180f],
      [0x200b, 0x200f],
      [0x202a, 0x202c],
      [0x2060, 0x2064],
      [0x2066, 0x206f],
      [0xfe00, 0xfe0f],
      [0xfeff, 0xfeff],
      [0xe0100, 0xe01ef],
    ],
    deceptive: true,
    ...everywhere('drop'),
  },
  /** Where a picture was when the text was copied. */
  pictureMark: { ranges: [[0xfffc, 0xfffc]], deceptive: false, ...everywhere('drop') },
  /** These make what follows read backwards: nobody gets them by accident. */
  overrides: { ranges: [[0x202d, 0x202e]], deceptive: true, ...everywhere('bidirectional') },
  controls: {
    ranges: [
      [0x00, 0x08],
      [0x0e, 0x1f],
      [0x7f, 0x84],
      [0x86, 0x9f],
    ],
    deceptive: true,
    ...everywhere('control'),
  },
  /** Blanks that count as letters, annotations, tags: a text inside the text that only programs read. */
  hiding: {
    ranges: [
      [0x115f, 0x1160],
      [0x17b4, 0x17b5],
      [0x2065, 0x2065],
      [0x3164, 0x3164],
      [0xffa0, 0xffa0],
      [0xfff0, 0xfffb],
      [0xe0000, 0xe00ff],
      [0xe01f0, 0xe0fff],
    ],
    deceptive: true,
    ...everywhere('invisible'),
  },
  blanks: {
    ranges: [
      [0x2800, 0x2800],
      [0x1bca0, 0x1bca3],
      [0x1d159, 0x1d159],
      [0x1d173, 0x1d17a],
    ],
    deceptive: false,
    ...everywhere('invisible'),
  },
  /** Halves of surrogate pairs, private use, noncharacters, whole planes without a character. */
  unassigned: {
    ranges: [
      [0xd800, 0xf8ff],
      [0xfdd0, 0xfdef],
      [0xfffe, 0xffff],
      [0x1fffe, 0x1ffff],
      [0x2fffe, 0x2ffff],
      [0x3fffe, 0xdffff],
      [0xe1000, 0x10ffff],
    ],
    deceptive: false,
    ...everywhere('unassigned'),
  },
} as const satisfies Record<string, LetterClass>

/** Marks on one letter: languages need up to four, more are drawn over the lines around. */
export const MAX_MARKS = 4

interface LookAlike {
  readonly instead: string
  /** Always wrong here, or only in a word of Cyrillic letters: `Əli` is Azerbaijani, `жəне` is not. */
  readonly where: 'anywhere' | 'cyrillic-word'
}

/** Letters of neighbouring alphabets that old layouts and converters put where Kazakh has its own. */
export const LOOK_ALIKES: ReadonlyMap<number, LookAlike> = new Map([
  [0x4ca, { instead: 'ң', where: 'anywhere' }],
  [0x4c9, { instead: 'Ң', where: 'anywhere' }],
  [0x473, { instead: 'ө', where: 'anywhere' }],
  [0x472, { instead: 'Ө', where: 'anywhere' }],
  [0x259, { instead: 'ә', where: 'cyrillic-word' }],
  [0x18f, { instead: 'Ә', where: 'cyrillic-word' }],
  [0x275, { instead: 'ө', where: 'cyrillic-word' }],
  [0x19f, { instead: 'Ө', where: 'cyrillic-word' }],
])
