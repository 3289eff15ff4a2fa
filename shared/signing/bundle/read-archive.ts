// A bundle as people bring it: as it was given out, or packed again by another program, cut off, unpacked into a folder, put into one more
// archive. Only the first is the bundle itself, but the parts of the others can be checked all the same, and nobody did anything wrong.
import { ownFiles } from './own-files.ts'
import { PART } from './parts.ts'
import { MAX_ZIP_BYTES, readZip, type ZipFile } from './stored-zip.ts'
import { type Directory, endsAsZip, readDirectory } from './zip-directory.ts'

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
  | { readonly ok: false; readonly fault: 'not-a-zip' | 'too-large' | 'several-bundles' }

export async function readArchive(bytes: Uint8Array): Promise<Archive> {
  if (bytes.length > MAX_ZIP_BYTES) return { ok: false, fault: 'too-large' }
  const plain = readZip(bytes)
  if (plain.ok && plain.exact) return { ok: true, state: 'exact', files: plain.files, damaged: plain.damaged }
  const found = await readDirectory(bytes)
  if (found === 'too-large') return { ok: false, fault: 'too-large' }
  if (found === 'packed-otherwise') return { ok: true, state: found, files: [], damaged: [] }
  if (found && (!found.isWithinOther || holdsParts(found))) return ownArchive(found)
  if (!startsAsZip(bytes)) return { ok: false, fault: 'not-a-zip' }
  const state = endsAsZip(bytes) ? 'changed' : 'cut-off'
  return { ok: true, state, files: plain.ok ? plain.files : [], damaged: plain.ok ? plain.damaged : [] }
}

/** Many a file has an archive somewhere within it; only ours is of interest there. */
function holdsParts({ entries }: Directory): boolean {
  return entries.some(({ name }) => name.endsWith(PART.chain) || name.endsWith(PART.manifest))
}

function ownArchive({ entries, agrees, isWithinOther }: Directory): Archive {
  const own = ownFiles(entries)
  if (own === 'several') return { ok: false, fault: 'several-bundles' }
  const damaged = own.flatMap(({ name, isDamaged }) => (isDamaged ? [name] : []))
  return { ok: true, state: agrees && !isWithinOther && damaged.length === 0 ? 'repacked' : 'changed', files: own, damaged }
}

/** Files that somebody unpacked. */
export function readFolder(files: readonly ZipFile[]): Archive {
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (size > MAX_ZIP_BYTES) return { ok: false, fault: 'too-large' }
  const own = ownFiles(files)
  return own === 'several' ? { ok: false, fault: 'several-bundles' } : { ok: true, state: 'folder', files: own, damaged: [] }
}

function startsAsZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, i) => bytes[i] === byte)
}
