// A zip with nothing compressed and nothing optional: for given files there is exactly one. So the reader writes it again and compares,
// and neither a doubled name, a comment, a bomb nor a byte between two files has a place to hide.
import { concat, equalBytes, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'

export interface ZipFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export const MAX_ZIP_BYTES = 64 * 1024 * 1024
const MAX_FILES = 200

export const ZIP_MARK = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const
/** 1 January 1980: the zip format knows no "none". */
const DAY = 0x0021
const UTF8_NAMES = 0x0800

export function writeZip(files: readonly ZipFile[]): Uint8Array<ArrayBuffer> {
  return concat(...pieces(files.map((file) => ({ ...file, checksum: crc32(file.bytes) }))))
}

/** The archive in pieces, the files' own bytes among them: comparing needs no second copy of them. */
function pieces(files: readonly StoredFile[]): readonly Uint8Array[] {
  const bodies: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes, checksum } of files) {
    const nameBytes = utf8(name)
    const common = fields(
      [2, 20],
      [2, UTF8_NAMES],
      [2, 0],
      [2, 0],
      [2, DAY],
      [4, checksum],
      [4, bytes.length],
      [4, bytes.length],
      [2, nameBytes.length],
      [2, 0],
    )
    const head = concat(fields([4, ZIP_MARK.local]), common, nameBytes)
    bodies.push(head, bytes)
    directory.push(fields([4, ZIP_MARK.central], [2, 20]), common, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), nameBytes)
    offset += head.length + bytes.length
  }
  const central = concat(...directory)
  const end = fields([4, ZIP_MARK.end], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, central.length], [4, offset], [2, 0])
  return [...bodies, central, end]
}

function isWhole(parts: readonly Uint8Array[], bytes: Uint8Array): boolean {
  let at = 0
  for (const part of parts) {
    if (!equalBytes(part, bytes.subarray(at, at + part.length))) return false
    at += part.length
  }
  return at === bytes.length
}

interface StoredFile extends ZipFile {
  readonly checksum: number
}

type ZipReading =
  | {
      readonly ok: true
      readonly files: readonly ZipFile[]
      /** The archive around the files' contents is, byte for byte, what `writeZip` makes for these names, sizes and checksums. */
      readonly exact: boolean
      /** Files whose content does not fit their checksum. */
      readonly damaged: readonly string[]
    }
  | { readonly ok: false; readonly fault: 'not-a-zip' | 'too-large' }

/** The files' bytes are the archive's own, not copies: it may be large. */
export function readZip(bytes: Uint8Array): ZipReading {
  if (bytes.length > MAX_ZIP_BYTES) return { ok: false, fault: 'too-large' }
  const files = readLocalFiles(bytes)
  if (!files) return { ok: false, fault: 'not-a-zip' }
  const damaged = files.filter((file) => crc32(file.bytes) !== file.checksum).map((file) => file.name)
  return { ok: true, files, exact: isWhole(pieces(files), bytes), damaged }
}

function readLocalFiles(bytes: Uint8Array): StoredFile[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files: StoredFile[] = []
  let at = 0
  try {
    while (view.getUint32(at, true) === ZIP_MARK.local) {
      if (view.getUint16(at + 8, true) !== 0) return undefined // compressed
      const size = view.getUint32(at + 18, true)
      const nameLength = view.getUint16(at + 26, true)
      const start = at + 30 + nameLength + view.getUint16(at + 28, true)
      if (start + size > bytes.length || files.length === MAX_FILES) return undefined
      const name = fromUtf8(bytes.subarray(at + 30, at + 30 + nameLength))
      files.push({ name, bytes: bytes.subarray(start, start + size), checksum: view.getUint32(at + 14, true) })
      at = start + size
    }
  } catch {
    return undefined // past the end, or a name that is not UTF-8
  }
  return files.length > 0 ? files : undefined
}

function fields(...parts: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of parts) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}
