// The part of a file that a request asks for (RFC 9110, 14): one range of bytes. Whatever else is asked for is answered with all of it.

export interface ByteRange {
  readonly from: number
  /** Not with it. */
  readonly to: number
}

const ONE_RANGE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/i

export function rangeOf(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const found = ONE_RANGE.exec(header?.trim() ?? '')
  if (!found) return undefined
  const [, first, last, suffix] = found
  if (suffix !== undefined) return within({ from: Math.max(length - Number(suffix), 0), to: length }, length)
  const to = last === undefined || last === '' ? length : Number(last) + 1
  if (Number(first) >= to && last) return undefined // backwards: no range
  return within({ from: Number(first), to: Math.min(to, length) }, length)
}

function within(range: ByteRange, length: number): ByteRange | 'unsatisfiable' {
  return range.from < range.to && range.from < length ? range : 'unsatisfiable'
}
