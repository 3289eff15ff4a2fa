// The files of an archive as its directory tells them, however it was packed: compressed, with sizes behind the content, with the fields for
// large archives, behind or before other bytes. What is told twice must be told alike.
import { fromUtf8, latin } from '#shared/kernel/bytes.ts'
import { crc32, MAX_ZIP_BYTES, ZIP_MARK, type ZipFile } from './stored-zip.ts'
import { unpack } from './unpack.ts'

/** Some systems put a file of their own beside each. */
const MAX_ENTRIES = 1000

interface Entry extends ZipFile {
  /** Its content does not fit its checksum. */
  readonly isDamaged: boolean
}

export interface Directory {
  readonly entries: readonly Entry[]
  /** What the directory says of each file stands before that file as well: so every program writes it. */
  readonly agrees: boolean
  /** Other bytes stand before or behind the archive. */
  readonly isWithinOther: boolean
}

/** Undefined where the archive has no directory that can be followed. */
export async function readDirectory(bytes: Uint8Array): Promise<Directory | 'packed-otherwise' | 'too-large' | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const place = placeOf(bytes, view)
    return place && (await readEntries(bytes, view, place))
  } catch {
    return undefined // past the end
  }
}

/** True where an archive of any kind ends just at the end of the file. */
export function endsAsZip(bytes: Uint8Array): boolean {
  return endOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), true) !== undefined
}

interface Place {
  readonly count: number
  /** Where the directory begins and ends, in the file. */
  readonly from: number
  readonly until: number
  /** How many bytes stand before the archive. */
  readonly before: number
  readonly isWithinOther: boolean
}

const LARGE = { end: 0x06064b50, endLength: 56, locator: 0x07064b50, locatorLength: 20 } as const

function placeOf(bytes: Uint8Array, view: DataView): Place | undefined {
  const last = endOf(bytes, view, true)
  const end = last ?? endOf(bytes, view, false)
  if (end === undefined) return undefined
  const large = largeEndOf(view, end)
  const until = large ?? end
  const count = large === undefined ? view.getUint16(end + 10, true) : sizeAt(view, large + 32)
  const size = large === undefined ? view.getUint32(end + 12, true) : sizeAt(view, large + 40)
  const offset = large === undefined ? view.getUint32(end + 16, true) : sizeAt(view, large + 48)
  const before = until - size - offset
  if (count > MAX_ENTRIES || size > until || before < 0) return undefined
  return { count, from: until - size, until, before, isWithinOther: last === undefined || before > 0 }
}

/** Where the end record begins: the one whose comment reaches just to the end of the file, or else the last one. */
function endOf(bytes: Uint8Array, view: DataView, isLast: boolean): number | undefined {
  const lowest = isLast ? Math.max(0, bytes.length - 22 - 0xffff) : 0
  for (let at = bytes.length - 22; at >= lowest; at--) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== ZIP_MARK.end) continue
    const behind = at + 22 + view.getUint16(at + 20, true)
    if (isLast ? behind === bytes.length : behind <= bytes.length) return at
  }
  return undefined
}

/** Of an archive with fields for more or larger files than the first format of zip knew. */
function largeEndOf(view: DataView, end: number): number | undefined {
  const at = end - LARGE.locatorLength - LARGE.endLength
  if (at < 0 || view.getUint32(end - LARGE.locatorLength, true) !== LARGE.locator) return undefined
  return view.getUint32(at, true) === LARGE.end ? at : undefined
}

async function readEntries(
  bytes: Uint8Array,
  view: DataView,
  place: Place,
): Promise<Directory | 'packed-otherwise' | 'too-large' | undefined> {
  const { count, until, before, isWithinOther } = place
  const entries: Entry[] = []
  let at = place.from
  let total = 0
  let agrees = true
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== ZIP_MARK.central) return undefined
    const central = readHead(view, { at: at + 6, extraAt: at + 46, extraLength: view.getUint16(at + 30, true), offsetAt: at + 42 })
    const start = central.offset + before
    const local = readHead(view, { at: start + 4, extraAt: start + 30, extraLength: view.getUint16(start + 28, true) })
    const name = bytes.subarray(at + 46, at + 46 + central.nameLength)
    agrees &&= view.getUint32(start, true) === ZIP_MARK.local && isSameHead(central, local) && isAt(bytes, start + 30, name)
    if ((central.flags & ENCRYPTED) !== 0) return 'packed-otherwise'
    const contentAt = start + 30 + central.nameLength + view.getUint16(start + 28, true)
    total += central.size
    if (total > MAX_ZIP_BYTES) return 'too-large'
    if (contentAt + central.packed > until) return undefined
    const content = await unpack(bytes.subarray(contentAt, contentAt + central.packed), central)
    if (content === 'unknown') return 'packed-otherwise'
    // What cannot be unpacked fits no checksum: the part is named, and the others are judged.
    const bytesOfEntry = content ?? new Uint8Array()
    entries.push({ name: nameIn(name), bytes: bytesOfEntry, isDamaged: crc32(bytesOfEntry) !== central.checksum })
    at += 46 + central.nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return at === until ? { entries, agrees, isWithinOther } : undefined
}

/** Older programs write names in the letters of their country; ours are plain ones in all of them. */
function nameIn(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes).replaceAll('\\', '/')
  } catch {
    return latin(bytes).replaceAll('\\', '/') // not UTF-8
  }
}

const ENCRYPTED = 0x0001
/** Sizes and checksum stand behind the content, and in the directory alone. */
const TOLD_LATER = 0x0008
/** Stands where a number is told in the field for large ones. */
const TOLD_LARGE = 0xffffffff
const LARGE_FIELD = 0x0001

interface Head {
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  readonly nameLength: number
}

interface HeadPlace {
  readonly at: number
  /** Behind the name. */
  readonly extraAt: number
  readonly extraLength: number
  readonly offsetAt?: number
}

/** What an entry's two heads both say, but for its time: some programs look at the clock twice. */
function readHead(view: DataView, { at, extraAt, extraLength, offsetAt }: HeadPlace): Head {
  const [flags, method] = [view.getUint16(at + 2, true), view.getUint16(at + 4, true)]
  const nameLength = view.getUint16(at + 22, true)
  let large = largeField(view, extraAt + nameLength, extraLength)
  const told = (place: number) => {
    const number = view.getUint32(place, true)
    if (number !== TOLD_LARGE || large === undefined) return number
    const value = sizeAt(view, large)
    large += 8
    return value
  }
  const size = told(at + 18)
  const packed = told(at + 14)
  const offset = offsetAt === undefined ? 0 : told(offsetAt)
  return { flags, method, checksum: view.getUint32(at + 10, true), packed, size, offset, nameLength }
}

function largeField(view: DataView, from: number, length: number): number | undefined {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === LARGE_FIELD) return at + 4
  }
  return undefined
}

/** Of eight bytes; more than any archive here has becomes more than all of them. */
function sizeAt(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) === 0 ? view.getUint32(at, true) : Number.MAX_SAFE_INTEGER
}

function isSameHead(central: Head, local: Head): boolean {
  const isToldLater = (local.flags & TOLD_LATER) !== 0 && local.checksum === 0
  const sizes = isToldLater || (central.checksum === local.checksum && central.packed === local.packed && central.size === local.size)
  const { flags, method, nameLength } = central
  return sizes && flags === local.flags && method === local.method && nameLength === local.nameLength
}

function isAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  return part.every((byte, i) => byte === bytes[at + i])
}
