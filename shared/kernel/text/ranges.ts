// Sets of code points as sorted ranges, asked one by one or searched for as one expression.

export type Ranges = readonly (readonly [first: number, last: number])[]

/** `ranges` ascend and do not overlap. */
export function inRanges(ranges: Ranges, codePoint: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (!range) return false
    if (codePoint < range[0]) high = middle - 1
    else if (codePoint > range[1]) low = middle + 1
    else return true
  }
  return false
}

/** As the inside of a character class of an expression with the `u` flag. */
export function classOf(ranges: Ranges): string {
  return ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('')
}
