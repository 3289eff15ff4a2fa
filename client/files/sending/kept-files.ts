// What this device keeps of files that were not sent yet, beside its other unsent words: the same place, so that leaving the case takes
// it away too. Large ones are not kept: what a page loads when it opens must stay small.
import type { CaseStorage } from '#client/realtime/case-storage.ts'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import type { FileToSend } from './file-to-send.ts'

/** Bytes of all kept files together. */
export const KEPT_AT_MOST = 12_000_000

export interface KeptFiles {
  /** Those whose content is here. What was under way goes on; what could still be taken back waits for its person, who may not have meant it. */
  load(): readonly (readonly [FileToSend, Blob])[]
  /** Where there is room for it: from then on it is kept, until it is dropped. */
  keep(file: FileToSend, content: Blob): Promise<void>
  save(files: readonly FileToSend[]): void
  isKept(key: string): boolean
  drop(key: string): void
  /** Nothing is written any more, also of what is on its way to the disk. */
  stop(): void
}

interface KeptContent {
  readonly type: string
  readonly bytes: string
}

/** `files`: those that are on their way now. `changed`: one of them is kept from now on. */
export function keptFiles(
  storage: Pick<CaseStorage, 'files'> | undefined,
  { files, changed }: { readonly files: () => readonly FileToSend[]; readonly changed: () => void },
): KeptFiles {
  /** What there is room for, also while it is being written. */
  const taken = new Map<string, number>()
  const kept = new Set<string>()
  const total = () => [...taken.values()].reduce((sum, size) => sum + size, 0)
  const save = (all: readonly FileToSend[]) => storage?.files.save(all.filter(({ key }) => kept.has(key)))
  return {
    load() {
      if (!storage) return []
      const found: (readonly [FileToSend, Blob])[] = []
      // written by this file alone
      for (const file of storage.files.load() as readonly FileToSend[]) {
        const content = contentOf(storage.files.content(file.key))
        if (!content) continue
        kept.add(file.key)
        taken.set(file.key, content.size)
        found.push([{ ...file, state: stateAfterReload(file) }, content])
      }
      return found
    },
    async keep({ key, size }, content) {
      if (!storage || total() + size > KEPT_AT_MOST) return
      taken.set(key, size)
      const bytes = base64(new Uint8Array(await content.arrayBuffer()))
      // taken back meanwhile
      if (!taken.has(key)) return
      // what is said of it is written in the same turn: nothing is left that nobody would look for
      kept.add(key)
      storage.files.keepContent(key, JSON.stringify({ type: content.type, bytes } satisfies KeptContent))
      save(files())
      changed()
    },
    save,
    isKept: (key) => kept.has(key),
    drop(key) {
      taken.delete(key)
      if (kept.delete(key)) storage?.files.dropContent(key)
    },
    stop: () => taken.clear(),
  }
}

function stateAfterReload({ state }: FileToSend): FileToSend['state'] {
  if (state.kind === 'held') return { kind: 'stopped' }
  return state.kind === 'sending' || state.kind === 'checking' ? { kind: 'waiting' } : state
}

function contentOf(kept: string | undefined): Blob | undefined {
  try {
    if (kept === undefined) return undefined
    const { type, bytes } = JSON.parse(kept) as KeptContent // as above
    return new Blob([fromBase64(bytes)], { type })
  } catch {
    return undefined // unreadable leftovers are worth no failure
  }
}
