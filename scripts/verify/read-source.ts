// What somebody names on the command line: a file, or a folder into which a bundle was unpacked. Never more of it than any bundle has.
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_ZIP_BYTES, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'

export type Source = { readonly kind: 'file'; readonly bytes: Uint8Array } | { readonly kind: 'folder'; readonly files: readonly ZipFile[] }

/** Far more than a bundle has, with a file of the system's own beside each. */
const MAX_FILES = 1000

/** Throws for what cannot be read. Of a file that is too large the beginning is read, which is too large as well. */
export async function readSource(path: string): Promise<Source> {
  if ((await stat(path)).isDirectory()) return { kind: 'folder', files: await readFolder(path) }
  return { kind: 'file', bytes: await readUpTo(path, MAX_ZIP_BYTES + 1) }
}

async function readFolder(root: string): Promise<readonly ZipFile[]> {
  const files: ZipFile[] = []
  let left = MAX_ZIP_BYTES + 1
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (files.length === MAX_FILES || left <= 0) return
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) await visit(name)
      // Links, pipes and devices are no unpacked files, and may have no end.
      if (!entry.isFile()) continue
      const bytes = await readUpTo(join(root, name), left)
      left -= bytes.length
      files.push({ name, bytes })
    }
  }
  await visit('')
  return files
}

async function readUpTo(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(Math.min(size, most))
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    await file.close()
  }
}
