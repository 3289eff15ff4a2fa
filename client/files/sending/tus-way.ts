// The tus protocol, by its own library: it asks where an upload stands and goes on there. Retries are the queue's: it knows the connection.
import { DetailedError, Upload } from 'tus-js-client'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { fileUpload, UPLOAD_REQUEST_BYTES } from '#shared/files/upload-protocol.ts'
import { ERROR_KINDS, type Problem } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { requestOf } from '#shared/protocol/route.ts'
import type { UploadWay } from './upload-way.ts'

interface TusWayDeps {
  readonly caseId: CaseId
  readonly freshToken: RoomSession['freshToken']
}

/** What another moment changes. Everything else that the server refuses stays refused. */
const LATER: ReadonlySet<Problem['kind']> = new Set(['unavailable', 'too-many', 'internal', 'unauthenticated'])

export function tusWay({ caseId, freshToken }: TusWayDeps): UploadWay {
  const { url: endpoint } = requestOf({ method: 'POST', path: fileUpload.path }, { caseId })
  let renew = false

  const authorised = {
    async onBeforeRequest(request: { setHeader(name: string, value: string): void }) {
      const fresh = await freshToken({ renew })
      if (fresh === 'ended') throw new Error('no session')
      renew = false
      request.setHeader('Authorization', `Bearer ${fresh.token}`)
    },
    retryDelays: null,
    storeFingerprintForResuming: false,
  }

  return {
    send({ content, audience, name, evidence, url }, heard) {
      const upload = new Upload(content, {
        ...authorised,
        endpoint,
        uploadUrl: url ?? null,
        chunkSize: UPLOAD_REQUEST_BYTES,
        metadata: { audience, name, evidence },
        onUploadUrlAvailable: () => upload.url && heard.begun(upload.url),
        onProgress: heard.sent,
        onSuccess: () => heard.done(upload.url ?? ''),
        onError(error) {
          const problem = problemIn(error)
          if (problem?.kind === 'unauthenticated') renew = true
          const isLater = !problem || LATER.has(problem.kind) || problem.reason === 'files/other-offset'
          if (isLater) heard.interrupted()
          else heard.refused(problem)
        },
      })
      upload.start()
      return () => void upload.abort().catch(() => undefined) // nobody waits for it
    },
    drop(url) {
      // what the server is not told now it drops by itself
      void Upload.terminate(url, authorised).catch(() => undefined)
    },
  }
}

/** Undefined where no answer came, or one that is not ours. */
function problemIn(error: Error): Problem | undefined {
  const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined
  try {
    const said: unknown = JSON.parse(body ?? '')
    if (typeof said === 'object' && said !== null && 'kind' in said && ERROR_KINDS.some((kind) => kind === said.kind)) {
      return said as Problem // our server's, by its kind
    }
  } catch {
    // a proxy's page
  }
  return undefined
}
