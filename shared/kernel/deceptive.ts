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

/** The first deceptive code point of the text, or undefined. `allowed` names harmless controls (line feed, tab). */
export function firstDeceptive(text: string, allowed = ''): number | undefined {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (RANGES.some(([from, to]) => point >= from && point <= to) && !allowed.includes(character)) return point
  }
  return undefined
}
