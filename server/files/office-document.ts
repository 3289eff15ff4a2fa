// A document of an office is an archive. Its list of contents is read, within bounds, and nothing in it is unpacked: a document that lists
// programs, macros or other archives, lists too much, or would unpack to too much, is none of those that are taken.
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import { readAt } from './read-at.ts'

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const MAX_COMMENT = 65_535
const MAX_ENTRIES = 2_000
const MAX_LIST_BYTES = 1024 * 1024
const MAX_UNPACKED = 256 * 1024 * 1024
/** Text packs well; what packs better than this was made to. */
const MAX_RATIO = 200
const SMALL = 1024 * 1024

interface Entry {
  readonly name: string
  readonly packed: number
  readonly unpacked: number
  readonly at: number
}

const DEMANDED = {
  docx: ['[Content_Types].xml', 'word/document.xml'],
  xlsx: ['[Content_Types].xml', 'xl/workbook.xml'],
  odt: ['mimetype', 'content.xml'],
} as const satisfies Readonly<Record<string, readonly string[]>>

const ODT_MEDIA_TYPE = 'application/vnd.oasis.opendocument.text'
/** Macros, those of old sheets too, controls, what runs, scripts, pages, other archives. */
const ACTING =
  /(?:^|\/)(?:vba[^/]*\.bin|basic\/|scripts?\/|macrosheets\/|activex\/)|\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs?|js|mjs|jar|hta|lnk|html?|svg|php|sh|zip|rar|7z|docm|xlsm)$/i

export async function isOfficeDocument(file: OpenFile, type: keyof typeof DEMANDED): Promise<boolean> {
  const entries = await listOf(file)
  if (!entries) return false
  const names = new Set(entries.map(({ name }) => name))
  if (names.size < entries.length || !DEMANDED[type].every((name) => names.has(name))) return false
  if (entries.some(({ name }) => ACTING.test(name) || name.includes('..') || name.startsWith('/'))) return false
  if (entries.some(({ packed, unpacked }) => unpacked > SMALL && unpacked > packed * MAX_RATIO)) return false
  if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > MAX_UNPACKED) return false
  return type !== 'odt' || saysOpenDocument(file, entries)
}

/** Undefined for what is no archive, or lists more than any document does. */
async function listOf(file: OpenFile): Promise<readonly Entry[] | undefined> {
  const tailAt = Math.max(0, file.length - END_BYTES - MAX_COMMENT)
  const tail = Buffer.from(await readAt(file, tailAt, END_BYTES + MAX_COMMENT))
  const end = endIn(tail)
  if (end === undefined) return undefined
  const [count, bytes, from] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  // Whatever stands before the first entry or between list and end belongs to another file.
  if (count === 0 || count > MAX_ENTRIES || bytes > MAX_LIST_BYTES || from + bytes !== tailAt + end) return undefined
  const list = Buffer.from(await readAt(file, from, bytes))
  const start = Buffer.from(await readAt(file, 0, 4))
  return start.length === 4 && start.readUInt32LE(0) === LOCAL_SIGNATURE ? entriesIn(list, count) : undefined
}

/** Where the record stands that ends an archive, and the file with it. */
function endIn(tail: Buffer): number | undefined {
  for (let at = tail.length - END_BYTES; at >= 0; at--)
    if (tail.readUInt32LE(at) === END_SIGNATURE && tail.readUInt16LE(at + 20) === tail.length - at - END_BYTES) return at
  return undefined
}

function entriesIn(list: Buffer, count: number): readonly Entry[] | undefined {
  const entries: Entry[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > list.length || list.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined
    const [nameBytes, extraBytes, commentBytes] = [list.readUInt16LE(at + 28), list.readUInt16LE(at + 30), list.readUInt16LE(at + 32)]
    const name = list.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes).replaceAll('\\', '/')
    entries.push({ name, packed: list.readUInt32LE(at + 20), unpacked: list.readUInt32LE(at + 24), at: list.readUInt32LE(at + 42) })
    at += ENTRY_BYTES + nameBytes + extraBytes + commentBytes
  }
  return at === list.length ? entries : undefined
}

/** As that standard demands: its first entry says it, as it is. */
async function saysOpenDocument(file: OpenFile, entries: readonly Entry[]): Promise<boolean> {
  const entry = entries.find(({ name }) => name === 'mimetype')
  if (entry?.at !== 0 || entry.unpacked !== ODT_MEDIA_TYPE.length || entry.packed !== entry.unpacked) return false
  const local = Buffer.from(await readAt(file, 0, 30 + 1024))
  const from = 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  return local.toString('latin1', from, from + ODT_MEDIA_TYPE.length) === ODT_MEDIA_TYPE
}
