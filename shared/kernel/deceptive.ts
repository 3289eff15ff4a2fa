// Characters that make a text read otherwise than it is stored: bidirectional controls, invisible ones, tags. Refused wherever people read what they sign.
const RANGES: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
]

// One compiled search, in whatever script the text is; asked for each message and each name.
const DECEPTIVE = new RegExp(`[${RANGES.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join('')}]`, 'gu')

/** The first deceptive code point of the text, or undefined. `allowed` names harmless controls (line feed, tab). */
export function firstDeceptive(text: string, allowed = ''): number | undefined {
  if (text.search(DECEPTIVE) < 0) return undefined
  for (const [character] of text.matchAll(DECEPTIVE)) if (!allowed.includes(character)) return character.codePointAt(0)
  return undefined
}
