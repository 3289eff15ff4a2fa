// Small pictures of files, as long as the open case shows them: in memory alone, a few at a time, and gone with their file, their room and
// the case. Nothing of them is written on this device.
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { filePreview } from '#shared/files/files-routes.ts'
import { filesFold } from '#shared/files/files-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { valueAt } from '#shared/log/seq-map.ts'

export interface ShownFile {
  readonly audience: Audience
  readonly seq: number
  readonly fileId: FileId
}

export interface Previews extends Owned {
  /** An address of it on this page. Rejects where it cannot be fetched. */
  thumbnail(file: ShownFile, api: Pick<AuthorisedApi, 'download'>): Promise<string>
}

interface Held extends ShownFile {
  readonly url: string
}

type Client = Pick<CaseClient, 'caseId' | 'store'>

/** More than a screen shows. */
export const HELD_AT_MOST = 40

/** `addresses`: the browser's. */
export function createPreviews(client: Client, addresses: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'> = URL): Previews {
  const held = new Map<FileId, Held>()
  const coming = new Map<FileId, Promise<string>>()
  let isOver = false

  function forget(fileId: FileId) {
    const each = held.get(fileId)
    if (each) addresses.revokeObjectURL(each.url)
    held.delete(fileId)
  }

  function stands({ audience, seq }: ShownFile): boolean {
    const files = stateIn(client.store.snapshot().audiences, filesFold, audience)
    return files !== undefined && valueAt(files.posts, seq)?.file !== undefined
  }

  const stop = client.store.subscribe(() => {
    for (const each of [...held.values()]) if (!stands(each)) forget(each.fileId)
  })

  async function fetched({ audience, seq, fileId }: ShownFile, api: Pick<AuthorisedApi, 'download'>): Promise<string> {
    const { bytes } = await api.download(filePreview, { caseId: client.caseId, fileId, preview: 'thumbnail' })
    // taken away, or the room was left, while it came
    if (isOver || !stands({ audience, seq, fileId })) throw new Error('no longer shown')
    const url = addresses.createObjectURL(new Blob([new Uint8Array(bytes)], { type: filePreview.mediaType }))
    held.set(fileId, { audience, seq, fileId, url })
    const [oldest] = held.keys()
    if (held.size > HELD_AT_MOST && oldest) forget(oldest)
    return url
  }

  function end() {
    isOver = true
    stop()
    for (const fileId of [...held.keys()]) forget(fileId)
  }

  return {
    thumbnail(file, api) {
      const known = held.get(file.fileId)
      if (known) return Promise.resolve(known.url)
      const way = coming.get(file.fileId) ?? fetched(file, api).finally(() => coming.delete(file.fileId))
      coming.set(file.fileId, way)
      return way
    },
    close: end,
    wipe: end,
  }
}
