// What somebody dropped on the page: one file, or a folder with all that is in it. A browser that unpacks archives by itself leaves a folder.
import type { PathFile } from './check-file.ts'

/** More than any bundle has, with a file of the system's own beside each. */
const MAX_FILES = 1000

type Dropped = { readonly kind: 'file'; readonly file: File } | { readonly kind: 'folder'; readonly files: Promise<readonly PathFile[]> }

/** To be asked while the event lasts: afterwards the browser forgets what was dropped. */
export function droppedFiles({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Dropped | undefined {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const [file, ...more] = files
  if (entries.some(({ isDirectory }) => isDirectory) || more.length > 0) return { kind: 'folder', files: filesIn(entries) }
  return file && { kind: 'file', file }
}

async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly PathFile[]> {
  const found: PathFile[] = []
  const visit = async (entry: FileSystemEntry, path: string): Promise<void> => {
    if (found.length === MAX_FILES) return
    if (isFile(entry)) found.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) })
    else for (const inner of await entriesOf(entry)) await visit(inner, `${path}/${inner.name}`)
  }
  for (const entry of entries) await visit(entry, entry.name)
  return found
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

/** Browsers tell a folder in portions; the last one is empty. */
async function entriesOf(entry: FileSystemEntry): Promise<readonly FileSystemEntry[]> {
  const reader = (entry as FileSystemDirectoryEntry).createReader() // what is no file is a folder
  const all: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0 || all.length > MAX_FILES) return all
    all.push(...portion)
  }
}
