// Files as they rest: under the key of the audience that they belong to, bound to case, audience and id.
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { AudienceKey } from '#server/log/derived-keys.ts'
import { type EncryptedFiles, type FilePlace, fileKey, type OpenFile } from '#server/storage/encrypted-files.ts'
import type { FileFacts as StoredFacts } from '#server/storage/file-cipher.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { asId, type CaseId, type CommandId, type FileId, type ParticipantId } from '#shared/kernel/ids.ts'

export interface FileOf {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly fileId: FileId
}

/** Pictures of a file that are stored beside it. */
export type StoredPreview = 'thumbnail' | 'view'
export const STORED_PREVIEWS: readonly StoredPreview[] = ['thumbnail', 'view']

/** What a copy is made for: doing it again is the same step. */
export interface CopyStep {
  readonly by: ParticipantId
  readonly commandId: CommandId
}

type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface AudienceFiles {
  write(of: FileOf, source: ByteSource): Promise<StoredFacts>
  open(of: FileOf): Promise<OpenFile | undefined>
  /** Of previews of one file the first stays. */
  writePreview(of: FileOf, preview: StoredPreview, source: ByteSource): Promise<void>
  openPreview(of: FileOf, preview: StoredPreview): Promise<OpenFile | undefined>
  /** With its previews. Doing it again is harmless. */
  destroy(of: FileOf): Promise<void>
  /** Of an upload; it has no previews. */
  destroyPart(of: FileOf): Promise<void>
  /** The id of what one step copies into an audience: it follows from nothing that its readers know. */
  copyId(of: Omit<FileOf, 'fileId'>, step: CopyStep): Promise<FileId>
  /** What is known of an upload, as it rests in a record. */
  encrypt(of: FileOf, told: unknown): Promise<string>
  decrypt<T>(of: FileOf, encrypted: string): Promise<T>
}

interface Deps {
  readonly files: EncryptedFiles
  readonly keys: Pick<AudienceKeys, 'load' | 'find'>
  readonly entropy: Entropy
}

export function makeAudienceFiles({ files, keys, entropy }: Deps): AudienceFiles {
  const contextOf = ({ caseId, audience, fileId }: FileOf, what: string) => `${caseId}|${audience}|${what} ${fileId}`

  async function placeOf(of: FileOf): Promise<FilePlace> {
    return { id: of.fileId, context: contextOf(of, 'file'), key: fileKey(await keys.load(of.caseId, of.audience)) }
  }

  /** Nobody without the key can tell which file a preview is of, or that it is one. */
  async function previewPlace(of: FileOf, preview: StoredPreview): Promise<FilePlace> {
    const key = await keys.load(of.caseId, of.audience)
    const context = contextOf(of, preview)
    return { id: idOf(key, context), context, key: fileKey(key) }
  }

  return {
    write: async (of, source) => files.write(await placeOf(of), source),
    open: async (of) => files.open(await placeOf(of)),
    async writePreview(of, preview, source) {
      const place = await previewPlace(of, preview)
      if (!(await files.open(place))) await files.write(place, source)
    },
    openPreview: async (of, preview) => files.open(await previewPlace(of, preview)),
    async destroy(of) {
      // Where the key is gone nobody can read the previews either.
      if (await keys.find(of.caseId, of.audience))
        for (const preview of STORED_PREVIEWS) await files.delete((await previewPlace(of, preview)).id)
      await files.delete(of.fileId)
    },
    destroyPart: ({ fileId }) => files.delete(fileId),
    copyId: async ({ caseId, audience }, { by, commandId }) =>
      idOf(await keys.load(caseId, audience), `${caseId}|${audience}|copy ${by} ${commandId}`),
    async encrypt(of, told) {
      const key = await keys.load(of.caseId, of.audience)
      return base64url(key.encrypt(utf8(contextOf(of, 'upload')), utf8(JSON.stringify(told)), entropy))
    },
    async decrypt<T>(of: FileOf, encrypted: string) {
      const key = await keys.load(of.caseId, of.audience)
      const clear = key.decrypt(utf8(contextOf(of, 'upload')), Buffer.from(encrypted, 'base64url'))
      return JSON.parse(fromUtf8(clear)) as T // what was encrypted above
    },
  }
}

function idOf(key: AudienceKey, context: string): FileId {
  return asId<FileId>(base64url(key.file(context).mac('id').subarray(0, 16)))
}
