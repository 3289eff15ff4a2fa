// Which of the files that somebody brought are the agreement's: without what systems add, without the folder that they lie in, under the
// names that they were given out with.
import { PART } from './parts.ts'
import type { ZipFile } from './stored-zip.ts'

/** What systems put beside people's files. */
const LEFT_BY_SYSTEMS = /(?:^|\/)(?:__MACOSX\/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/i
const LIST = /^(.*\/)?(?:chain|manifest|joint-record)\.json$/i
/** Parts of a joint record that an agreement has not. */
const OF_RECORDS = ['joint-record.pdf', 'joint-record.json']
const MADE = /^(?:signatures\/\d+-[a-z]+\.p7s|certificates\/(?:signer|sealing)-\d+\.pem|evidence\/[a-z0-9-]+\.(?:ors|tsr))$/
const NAMED: ReadonlyMap<string, string> = new Map([...Object.values(PART), ...OF_RECORDS].map((name) => [name.toLowerCase(), name]))
/** Where parts lie that are known by their ending. */
const FOLDERS = [
  [/\.p7s$/i, 'signatures/'],
  [/\.pem$/i, 'certificates/'],
  [/\.(?:ors|tsr)$/i, 'evidence/'],
] as const

/** 'several': files of more than one agreement; nobody can say which of them is meant. */
export function ownFiles<F extends ZipFile>(files: readonly F[]): readonly F[] | 'several' {
  const own = files.filter(({ name }) => !name.endsWith('/') && !LEFT_BY_SYSTEMS.test(name))
  const folders = new Set(
    own.flatMap(({ name }) => {
      const found = LIST.exec(name)
      return found ? [found[1] ?? ''] : []
    }),
  )
  if (folders.size > 1) return 'several'
  const [folder = ''] = folders
  return underOwnNames(own.map((file) => ({ ...file, name: nameFrom(folder, file.name) })))
}

/** Beside the agreement's folder it is named as from within, so that nothing there passes for a part. */
function nameFrom(folder: string, name: string): string {
  return name.startsWith(folder) ? name.slice(folder.length) : `${'../'.repeat(folder.split('/').length - 1)}${name}`
}

/** Some disks change the case of names; a part is known all the same, unless another bears its very name. */
function underOwnNames<F extends ZipFile>(files: readonly F[]): readonly F[] {
  const taken = new Map<string, number>()
  for (const { name } of files) taken.set(name.toLowerCase(), (taken.get(name.toLowerCase()) ?? 0) + 1)
  return files.map((file) => {
    const small = file.name.toLowerCase()
    const named = NAMED.get(small) ?? (MADE.test(small) ? small : undefined)
    return named !== undefined && taken.get(small) === 1 ? { ...file, name: named } : file
  })
}

/** Files that were chosen one by one have no folders: what belongs into one is known by its ending. */
export function intoFolders(files: readonly ZipFile[]): readonly ZipFile[] {
  if (files.some(({ name }) => name.includes('/'))) return files
  return files.map((file) => ({ ...file, name: `${FOLDERS.find(([ending]) => ending.test(file.name))?.[1] ?? ''}${file.name}` }))
}
