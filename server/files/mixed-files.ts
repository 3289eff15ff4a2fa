// Two files in one: what is shown as a picture here and unpacked, or run as a page, elsewhere.
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import type { FileTypeName } from '#shared/files/files-protocol.ts'
import { readAt } from './read-at.ts'

const EDGE = 4 * 1024
const ARCHIVE_TAIL = 22 + 65_535
const ARCHIVE_END = Buffer.from('PK\x05\x06', 'latin1')
const ARCHIVE_ENTRY = 0x02014b50
/** A page, where no words of people stand. */
const PAGE = /<\s*(?:script|html|body|svg|iframe|object|embed|!doctype|\?php)/i
const ARCHIVES: ReadonlySet<FileTypeName> = new Set(['docx', 'xlsx', 'odt'])

export async function holdsOtherFile(file: OpenFile, type: FileTypeName): Promise<boolean> {
  // Their own list was read to the end; in a text any words may stand.
  if (ARCHIVES.has(type) || type === 'text') return false
  const head = Buffer.from(await readAt(file, 0, EDGE))
  const tail = Buffer.from(await readAt(file, Math.max(0, file.length - ARCHIVE_TAIL), ARCHIVE_TAIL))
  if (PAGE.test(head.toString('latin1')) || PAGE.test(tail.toString('latin1', Math.max(0, tail.length - EDGE)))) return true
  return holdsArchive(tail)
}

/** An end of an archive with its list before it, also where something follows: who unpacks looks for it from behind. */
function holdsArchive(tail: Buffer): boolean {
  for (let at = tail.indexOf(ARCHIVE_END); at >= 0; at = tail.indexOf(ARCHIVE_END, at + 1)) {
    if (at + 22 > tail.length) return false
    const listBytes = tail.readUInt32LE(at + 12)
    const list = at - listBytes
    // A list that is longer than what is looked at counts as one: by chance these bytes do not stand together.
    if (listBytes > 0 && (list < 0 || tail.readUInt32LE(list) === ARCHIVE_ENTRY)) return true
  }
  return false
}
