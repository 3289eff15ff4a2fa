// Uploads by the tus protocol: a kept library speaks it, over a store that knows one caller. What it refuses, and what we do, is answered as any
// route's refusal is.
import { DataStore, type ServerOptions, Server as TusServer, Upload } from '@tus/server'
import type { PersonCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import { type ServedUpload, serveUpload, type UploadExchange } from '#server/http/router.ts'
import type { FileReason } from '#shared/files/files-protocol.ts'
import { fileUpload, uploadMetadata } from '#shared/files/upload-protocol.ts'
import { AppError, type ErrorKind } from '#shared/kernel/errors.ts'
import { asId, type FileId, ID_PATTERN } from '#shared/kernel/ids.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { Uploads } from './uploads.ts'

interface Deps {
  readonly uploads: Uploads
  readonly limits: Pick<Limits, 'act'>
}

/** Of new uploads by one person in one case. */
const BEGUN = { points: 60, seconds: 60 } as const
/** Of their parts: two megabytes a second, and more in the first minute. */
const CONTINUED = { points: 240, seconds: 60 } as const

export function serveUploads(deps: Deps): ServedUpload {
  return serveUpload(fileUpload, async ({ caseId }, caller, exchange) => {
    if (caller.caseId !== caseId) throw new AppError({ kind: 'not-found' })
    if (exchange.request.headers['tus-resumable'] === undefined) throw new AppError({ kind: 'unsupported' })
    const tus = new TusServer(optionsFor(exchange, `/api/cases/${caseId}/uploads`, new CallersUploads(deps, caller, exchange.isLive)))
    await tus.handle(exchange.request, exchange.response)
  })
}

function optionsFor({ upload }: UploadExchange, path: string, datastore: CallersUploads): ServerOptions & { datastore: DataStore } {
  return {
    path,
    datastore,
    // No other site's page: as everywhere.
    allowedOrigins: [],
    getFileIdFromRequest: () => upload,
    generateUrl: (_request, { id }) => `${path}/${id}`,
    namingFunction: () => NOT_BEGUN,
    // Two requests for one upload are told apart by the record that each of them changes, on whatever servers they are.
    locker: { newLock: () => ({ lock: async () => undefined, unlock: async () => undefined }) },
    onUploadFinish: async (_request, { id }) => {
      await datastore.complete(id)
      return {}
    },
    onResponseError(_request, error) {
      throw asAppError(error)
    },
  }
}

/** The store names an upload itself, once it has been let in. */
const NOT_BEGUN = 'not-begun'

class CallersUploads extends DataStore {
  override extensions = ['creation', 'termination']
  readonly #deps: Deps
  readonly #caller: PersonCaller
  readonly #isLive: UploadExchange['isLive']

  constructor(deps: Deps, caller: PersonCaller, isLive: UploadExchange['isLive']) {
    super()
    this.#deps = deps
    this.#caller = caller
    this.#isLive = isLive
  }

  override async create(upload: Upload): Promise<Upload> {
    this.#count('files/begin', BEGUN)
    if (!Number.isSafeInteger(upload.size)) throw new AppError({ kind: 'invalid', field: 'Upload-Length' })
    const metadata = safeParse(uploadMetadata, upload.metadata ?? {})
    upload.id = await this.#deps.uploads.begin(this.#caller, { length: upload.size ?? 0, metadata })
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const { length, offset } = await this.#deps.uploads.look(this.#caller, fileIdOf(id))
    return new Upload({ id, size: length, offset })
  }

  override async write(stream: AsyncIterable<Uint8Array>, id: string, offset: number): Promise<number> {
    this.#count('files/continue', CONTINUED)
    return this.#deps.uploads.append(this.#caller, fileIdOf(id), { offset, stream, isLive: this.#isLive })
  }

  override remove(id: string): Promise<void> {
    return this.#deps.uploads.giveUp(this.#caller, fileIdOf(id))
  }

  async complete(id: string): Promise<void> {
    await this.#deps.uploads.complete(this.#caller, fileIdOf(id))
  }

  #count(name: string, rate: { readonly points: number; readonly seconds: number }): void {
    const { caseId, participantId } = this.#caller
    this.#deps.limits.act(name, `${caseId} ${participantId}`, rate)
  }
}

function fileIdOf(id: string): FileId {
  if (!ID_PATTERN.test(id)) throw new AppError({ kind: 'not-found' })
  return asId<FileId>(id)
}

const KINDS: Readonly<Record<number, ErrorKind>> = {
  404: 'not-found',
  410: 'not-found',
  413: 'too-large',
  415: 'unsupported',
  501: 'unsupported',
}

/** The library throws its own refusals as a status with a text; a fault of ours stays one. */
function asAppError(error: unknown): unknown {
  if (error instanceof Error && !('status_code' in error)) return error
  const status = typeof error === 'object' && error !== null && 'status_code' in error ? Number(error.status_code) : 500
  if (status === 409) return new AppError({ kind: 'conflict', reason: 'files/other-offset' satisfies FileReason })
  return status < 500 || status === 501 ? new AppError({ kind: KINDS[status] ?? 'invalid' }) : error
}
