// Files as people send them, and as nobody should, made when a test runs.
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { concat, utf8 } from '#shared/kernel/bytes.ts'

/** A picture with something to see, as large as asked. */
export function jpeg({ width = 640, height = 480, exif = false, progressive = false } = {}): Promise<Uint8Array> {
  const drawn = sharp({ create: { width, height, channels: 3, background: '#3a7' } }).composite([
    { input: Buffer.from(`<svg width="${width / 2}" height="${height / 2}"><circle cx="60" cy="60" r="50" fill="#fff"/></svg>`) },
  ])
  const described = exif ? drawn.withExif({ IFD0: { Make: 'Canary Camera' }, IFD3: { GPSLatitude: '43/1 14/1 0/1' } }) : drawn
  return bytesOf(described.jpeg({ progressive }).toBuffer())
}

export function png({ width = 64, height = 64 } = {}): Promise<Uint8Array> {
  return bytesOf(
    sharp({ create: { width, height, channels: 3, background: '#a37' } })
      .png()
      .toBuffer(),
  )
}

/** A picture whose header says this size, and which holds next to nothing. */
export async function pngThatSays(width: number, height: number, { depth = 8, colours = 2, interlaced = 0 } = {}): Promise<Uint8Array> {
  const bytes = Buffer.from(await png())
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes[24] = depth
  bytes[25] = colours
  bytes[28] = interlaced
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return new Uint8Array(bytes)
}

export function pdf(texts: readonly string[] = ['Invoice']): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const document = new PDFDocument({ autoFirstPage: false })
    const parts: Buffer[] = []
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    for (const text of texts) document.addPage().fontSize(40).text(text)
    document.end()
  })
}

interface Listed {
  readonly name: string
  readonly bytes?: Uint8Array
  /** What the list says it unpacks to. */
  readonly unpacked?: number
}

/** An archive whose entries lie in it as they are. */
export function archive(entries: readonly Listed[]): Uint8Array {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, bytes = utf8('<x/>'), unpacked = bytes.length } of entries) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt32LE(bytes.length, 18)
    local.writeUInt32LE(unpacked, 22)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt32LE(bytes.length, 20)
    entry.writeUInt32LE(unpacked, 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), Buffer.from(bytes))
    list.push(entry, Buffer.from(name))
    at += 30 + Buffer.byteLength(name) + bytes.length
  }
  const listed = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...parts, listed, end]))
}

export function docx(more: readonly Listed[] = []): Uint8Array {
  return archive([{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }, ...more])
}

export function odt(): Uint8Array {
  return archive([{ name: 'mimetype', bytes: utf8('application/vnd.oasis.opendocument.text') }, { name: 'content.xml' }])
}

export function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  return concat(...parts.map((part) => (typeof part === 'string' ? utf8(part) : part)))
}

async function bytesOf(making: Promise<Buffer>): Promise<Uint8Array> {
  return new Uint8Array(await making)
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
