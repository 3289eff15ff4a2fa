import { serverCapability } from '#server/capability.ts'
import { actorOf } from '#server/cases/actor-of.ts'
import { contentsOf } from '#server/log/body-contents.ts'
import { messaging } from '#server/messaging/capability.ts'
import { encryptFiles } from '#server/storage/encrypted-files.ts'
import { postFileRule } from '#shared/files/decide-post-file.ts'
import { type FileFacts, filePosted, fileReleased } from '#shared/files/files-protocol.ts'
import { postedFilesFold } from '#shared/files/posted-files.ts'
import { makeAllowances, mostBytesOf, type Whose } from './allowances.ts'
import { type FileOf, makeAudienceFiles } from './audience-files.ts'
import { makeCheckFile } from './check-file.ts'
import { makeCompleteUpload } from './complete-upload.ts'
import { type CopyFile, makeCopyFile } from './copy-file.ts'
import { makeDrawPreviews } from './draw-previews.ts'
import { fileFacts } from './file-facts.ts'
import { type FileReader, makeFileReader } from './file-reader.ts'
import { fileRoutes } from './file-routes.ts'
import { makeScanFile } from './scan-file.ts'
import { serveUploads } from './serve-uploads.ts'
import { makeSettling } from './settle-uploads.ts'
import { makeUploadEnd } from './upload-end.ts'
import { makeUploadRecords } from './upload-records.ts'
import { makeUploads } from './uploads.ts'

interface FilesApi {
  readonly copyFile: CopyFile
  readonly ownFile: FileReader['ownFile']
}

export const files = serverCapability<FilesApi>({
  name: 'files',
  rules: [postFileRule],
  folds: [postedFilesFold],
  start(parts) {
    const { storage, keys, log, readers, due, entropy, steady: clock, workers, config, onTrouble } = parts
    const limits = config.files
    const kept = makeAudienceFiles({ files: encryptFiles({ files: storage.files, entropy, clock: parts.clock }), keys, entropy })
    const records = makeUploadRecords(storage.records)
    const allowances = makeAllowances(storage.records)
    const reader = makeFileReader({ log, readers, clock: parts.clock })
    const scan = config.scanner && makeScanFile({ ...config.scanner, timers: parts.timers, onTrouble })
    const check = makeCheckFile({ files: kept, draw: makeDrawPreviews(workers), scan })
    const mostOf = async ({ caseId, participantId }: Whose) =>
      mostBytesOf(limits.personBytes, actorOf(await log.state(caseId), caseId, participantId))
    const end = makeUploadEnd({ records, allowances, files: kept, clock })
    const complete = makeCompleteUpload({ files: kept, check, end })
    const uploads = makeUploads({ records, allowances, files: kept, reader, end, complete, due, limits, mostOf, entropy, clock })
    const settling = makeSettling({ records, allowances, files: kept, end, reader, clock, onTrouble })
    const { addRemovable } = parts.use(messaging)
    for (const definition of [filePosted, fileReleased]) addRemovable(definition)
    const destroy = (owner: Omit<FileOf, 'fileId'>, { file: { fileId } }: { readonly file: FileFacts }) =>
      kept.destroy({ ...owner, fileId })
    return {
      api: { copyFile: makeCopyFile({ files: kept, records, allowances, mostOf, end, due, clock }), ownFile: reader.ownFile },
      facts: fileFacts(uploads),
      routes: [
        serveUploads({ uploads, limits: parts.limits }),
        ...fileRoutes({ ...parts, files: kept, reader, allowances, mostOf, limits }),
      ],
      due: [settling.dueKind],
      subscribers: [settling.subscriber],
      contents: [contentsOf(filePosted, destroy), contentsOf(fileReleased, destroy)],
    }
  },
})
