// For tests: archives as other programs write them. With the fields for large ones, with sizes behind the content, with a name in old letters.
import { concat } from '#shared/kernel/bytes.ts'
import { crc32, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'

export interface OtherZip {
  /** Sizes stand in the field for large ones, in both heads. */
  readonly isLarge?: boolean
  /** And the end is told by the record for large archives. */
  readonly hasLargeEnd?: boolean
  readonly isToldLater?: boolean
  /** Of one more file: its name's bytes. */
  readonly extra?: Uint8Array
}

export function otherZip(
  files: readonly ZipFile[],
  { isLarge = false, hasLargeEnd = false, isToldLater = false, extra }: OtherZip,
): Uint8Array {
  const named = files.map(({ name, bytes }) => ({ name: new TextEncoder().encode(name), bytes }))
  const bodies: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of [...named, ...(extra ? [{ name: extra, bytes: new Uint8Array([120]) }] : [])]) {
    const [size, checksum] = [bytes.length, crc32(bytes)]
    const large = numbers([2, 1], [2, 16], [8, size], [8, size])
    const head = (isInDirectory: boolean) => {
      const isLate = isToldLater && !isInDirectory
      const told = isLarge ? 0xffffffff : isLate ? 0 : size
      const flags = isToldLater ? 8 : 0
      return numbers(
        [2, 45],
        [2, flags],
        [2, 0],
        [4, 0],
        [4, isLate ? 0 : checksum],
        [4, told],
        [4, told],
        [2, name.length],
        [2, isLarge ? 20 : 0],
      )
    }
    const tail = isToldLater ? numbers([4, 0x08074b50], [4, checksum], [4, size], [4, size]) : new Uint8Array()
    const body = [numbers([4, 0x04034b50]), head(false), name, ...(isLarge ? [large] : []), bytes, tail]
    bodies.push(...body)
    directory.push(
      numbers([4, 0x02014b50], [2, 45]),
      head(true),
      numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      name,
      ...(isLarge ? [large] : []),
    )
    offset += body.reduce((sum, each) => sum + each.length, 0)
  }
  const central = concat(...directory)
  const count = files.length + (extra ? 1 : 0)
  const largeEnd = numbers(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, central.length],
    [8, offset],
  )
  const locator = numbers([4, 0x07064b50], [4, 0], [8, offset + central.length], [4, 1])
  const [few, where] = hasLargeEnd ? [0xffff, 0xffffffff] : [count, offset]
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, few],
    [2, few],
    [4, hasLargeEnd ? 0xffffffff : central.length],
    [4, where],
    [2, 0],
  )
  return concat(...bodies, central, ...(hasLargeEnd ? [largeEnd, locator] : []), end)
}

function numbers(...fields: readonly (readonly [size: 2 | 4 | 8, value: number])[]): Uint8Array {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, Math.min(size, 6)) + (size === 8 ? 2 : 0)
  return bytes
}
