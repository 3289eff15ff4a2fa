// A bundle as people bring it: as it was given out, or packed again by another program, cut off, unpacked into a folder, put into one more
// archive. Only the first is the bundle itself, but the parts of the others can be checked all the same, and nobody did anything wrong.
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { crc32, MAX_ZIP_BYTES, readZip, ZIP_MARK, type ZipFile } from './stored-zip.ts'
import { unpack } from './unpack.ts'

/**
 * 'exact': byte for byte as such files are given out. 'repacked': whole, and packed by another program. 'folder': no archive at all.
 * 'packed-otherwise': with a password, or in a way that only few programs know. 'changed': bytes around the parts are not what they were.
 */
export type ArchiveState = 'exact' | 'repacked' | 'folder' | 'cut-off' | 'packed-otherwise' | 'changed'

export type Archive =
  | {
      readonly ok: true
      readonly state: ArchiveState
      readonly files: readonly ZipFile[]
      /** Files whose content does not fit their checksum. */
      readonly damaged: readonly string[]
    }
  | { readonly ok: false; readonly fault: 'not-a-zip' | 'too-large' }

/** What systems put beside people's files. */
const LEFT_BY_SYSTEMS = /(?:^|\/)(?:__MACOSX\/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/i

export async function readArchive(bytes: Uint8Array): Promise<Archive> {
  if (bytes.length > MAX_ZIP_BYTES) return { ok: false, fault: 'too-large' }
  const plain = readZip(bytes)
  if (plain.ok && plain.exact) return { ok: true, state: 'exact', files: plain.files, damaged: plain.damaged }
  const found = await readDirectory(bytes)
  if (found === 'too-large') return { ok: false, fault: 'too-large' }
  if (found === 'packed-otherwise') return { ok: true, state: found, files: [], damaged: [] }
  if (found) {
    const { entries, agrees } = found
    const damaged = entries.filter((file) => crc32(file.bytes) !== file.checksum).map(({ name }) => name)
    return { ok: true, state: agrees && damaged.length === 0 ? 'repacked' : 'changed', files: ownFiles(entries), damaged }
  }
  if (!startsAsZip(bytes)) return { ok: false, fault: 'not-a-zip' }
  const state = endAt(bytes) === undefined ? 'cut-off' : 'changed'
  return { ok: true, state, files: plain.ok ? plain.files : [], damaged: plain.ok ? plain.damaged : [] }
}

/** Files that somebody unpacked. */
export function readFolder(files: readonly ZipFile[]): Archive {
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (size > MAX_ZIP_BYTES) return { ok: false, fault: 'too-large' }
  return { ok: true, state: 'folder', files: ownFiles(files), damaged: [] }
}

/** Without what systems add, and without the folder that all the rest lies in. */
function ownFiles(files: readonly ZipFile[]): readonly ZipFile[] {
  const own = files.filter(({ name }) => !name.endsWith('/') && !LEFT_BY_SYSTEMS.test(name))
  const folder = own.map(({ name }) => /^(.*\/)?(?:chain|manifest)\.json$/.exec(name)?.[1] ?? '').find((each) => each !== '') ?? ''
  return own.every(({ name }) => name.startsWith(folder)) ? own.map((file) => ({ ...file, name: file.name.slice(folder.length) })) : own
}

/** Some systems put a file of their own beside each. */
const MAX_ENTRIES = 1000

interface Entry extends ZipFile {
  readonly checksum: number
}

interface Directory {
  readonly entries: readonly Entry[]
  /** What the directory says of each file stands before that file as well: so every program writes it. */
  readonly agrees: boolean
}

/** Undefined where the archive has no directory that can be followed. */
async function readDirectory(bytes: Uint8Array): Promise<Directory | 'packed-otherwise' | 'too-large' | undefined> {
  const end = endAt(bytes)
  if (end === undefined) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Entry[] = []
  let total = 0
  let agrees = true
  try {
    const count = view.getUint16(end + 10, true)
    let at = view.getUint32(end + 16, true)
    if (count > MAX_ENTRIES) return undefined
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== ZIP_MARK.central) return undefined
      const head = readHead(view, at + 6)
      const local = view.getUint32(at + 42, true)
      const name = bytes.subarray(at + 46, at + 46 + head.nameLength)
      const isAsSaid = view.getUint32(local, true) === ZIP_MARK.local && isSameHead(head, readHead(view, local + 4))
      agrees &&= isAsSaid && isAt(bytes, local + 30, name)
      if ((head.flags & ENCRYPTED) !== 0 || head.size === 0xffffffff) return 'packed-otherwise'
      const start = local + 30 + head.nameLength + view.getUint16(local + 28, true)
      total += head.size
      if (total > MAX_ZIP_BYTES) return 'too-large'
      if (start + head.packed > end) return undefined
      const content = await unpack(bytes.subarray(start, start + head.packed), head)
      if (content === 'unknown') return 'packed-otherwise'
      // What cannot be unpacked fits no checksum: the part is named, and the others are judged.
      const bytesOfEntry = content ?? new Uint8Array()
      entries.push({ name: fromUtf8(name).replaceAll('\\', '/'), bytes: bytesOfEntry, checksum: head.checksum })
      at += 46 + head.nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
    return at === end ? { entries, agrees } : undefined
  } catch {
    return undefined // past the end, or a name that is not UTF-8
  }
}

const ENCRYPTED = 0x0001
/** Sizes and checksum stand behind the content, and in the directory alone. */
const TOLD_LATER = 0x0008

interface Head {
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly packed: number
  readonly size: number
  readonly nameLength: number
}

/** What an entry's two heads both say, but for its time: some programs look at the clock twice. */
function readHead(view: DataView, at: number): Head {
  const [flags, method] = [view.getUint16(at + 2, true), view.getUint16(at + 4, true)]
  const [packed, size] = [view.getUint32(at + 14, true), view.getUint32(at + 18, true)]
  return { flags, method, checksum: view.getUint32(at + 10, true), packed, size, nameLength: view.getUint16(at + 22, true) }
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

function startsAsZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, i) => bytes[i] === byte)
}

/** Where the end record begins, if its comment reaches just to the end of the file. */
function endAt(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 22 - 0xffff; at--) {
    if (view.getUint32(at, true) === ZIP_MARK.end && at + 22 + view.getUint16(at + 20, true) === bytes.length) return at
  }
  return undefined
}
