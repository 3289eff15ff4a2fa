import type { PersonCaller } from '#server/http/caller.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { makeTokenBucket } from '#server/realtime/token-bucket.ts'
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import type { StreamedDownload } from '#shared/protocol/route.ts'
import { OID } from '#shared/signing/cms/oids.ts'
import {
  authorityDownload,
  authorityLook,
  bundleDownload,
  paperDownload,
  pdfDownload,
  signingAsk,
  signingCertify,
  textDownload,
} from '#shared/signing/signing-routes.ts'
import { agreementFold } from '#shared/signing/signing-state.ts'
import type { GetBundle } from './bundles.ts'
import { type CertifyDeps, makeCertify } from './certify.ts'
import type { GetPaperCopy } from './paper-copies.ts'
import { type OpenVersionFile, openPdf, openText } from './version-files.ts'
import { signersOfVersion, type VersionForPerson, versionForPerson } from './version-of-case.ts'

interface SigningRouteDeps extends CertifyDeps {
  readonly openVersionFile: OpenVersionFile
  readonly bundle: GetBundle
  readonly paperCopy: GetPaperCopy
  readonly timers: Timers
}

/** Files of versions for one person: each costs decryption of up to some megabytes. */
const DOWNLOADS = 30
const DOWNLOADS_PER_SECOND = 0.5
/** Whoever asks in a loop waits for each refusal, so that refusing costs others nothing; beyond so many at once nobody is held. */
const HELD_MS = 500
const MAX_HELD = 200

export function signingRoutes(deps: SigningRouteDeps): readonly ServedRoute[] {
  const { log, authority } = deps
  const { ask, certify } = makeCertify(deps)
  const downloads = makeTokenBucket({ clock: deps.clock, burst: DOWNLOADS, perSecond: DOWNLOADS_PER_SECOND })

  let held = 0
  async function refuseSlowly(): Promise<never> {
    if (held < MAX_HELD) {
      held++
      await new Promise<void>((resolve) => deps.timers.after(HELD_MS, resolve))
      held--
    }
    throw new AppError({ kind: 'too-many', reason: 'signing/too-fast', details: { seconds: Math.ceil(1 / DOWNLOADS_PER_SECOND) } })
  }

  async function version({ caseId, versionId }: { caseId: CaseId; versionId: VersionId }, caller: PersonCaller): Promise<VersionForPerson> {
    if (caller.caseId !== caseId) throw new AppError({ kind: 'not-found' })
    if (!downloads.take(`${caseId} ${caller.participantId}`)) await refuseSlowly()
    return versionForPerson(await log.state(caseId), { caseId, versionId, participantId: caller.participantId }, deps.readers)
  }

  return [
    serve(signingAsk, ask),
    serve(signingCertify, certify),
    serve(textDownload, async (input, caller) => {
      const found = await version(input, caller)
      return file(found, 'txt', await openText(deps, input.caseId, found.version))
    }),
    serve(pdfDownload, async (input, caller) => {
      const found = await version(input, caller)
      return file(found, 'pdf', await openPdf(deps, input.caseId, found.version))
    }),
    serve(paperDownload, async (input, caller) => {
      const found = await version(input, caller)
      const phase = found.view.state(draftFold, 'all')?.phase
      // A text that was opened again must not be signed by hand either.
      if (phase?.kind !== 'frozen' || phase.versionId !== input.versionId)
        throw new AppError({ kind: 'conflict', reason: 'signing/reopened' })
      const signers = signersOfVersion(found.view, found.version)
      return file(found, 'paper.pdf', await deps.paperCopy({ caseId: input.caseId, version: found.version, signers, frozenAt: phase.at }))
    }),
    serve(bundleDownload, async (input, caller) => {
      const found = await version(input, caller)
      const agreed = found.view.state(agreementFold, 'all')?.agreed
      if (agreed?.kind !== 'released' || agreed.versionId !== input.versionId) throw new AppError({ kind: 'not-found' })
      return file(found, 'zip', await deps.bundle(input.caseId, found.version, agreed.bundleFileId))
    }),
    serve(authorityDownload, async () => ({ bytes: utf8(authority.certificatePem), fileName: 'authority.pem' })),
    serve(authorityLook, async () => ({
      name: authority.certificate.subjectParts.get(OID.commonName) ?? 'Bitim',
      sha256: authority.fingerprint,
      digits: authority.digits,
    })),
  ]
}

/** `bitim-481520937716.pdf`: the text's code says which agreement it is, and names nobody. */
function file({ version }: VersionForPerson, ending: string, stream: OpenFile): StreamedDownload {
  return { stream, fileName: `bitim-${version.textCode.replaceAll(' ', '')}.${ending}` }
}
