// The sealed records against keys: each seal under a sealing certificate of the authority, each signature under a signer's certificate of it.
import { fromBase64, fromHex, hex } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import type { Certificate } from '../cms/certificate.ts'
import { endCertificateFault, isAuthority, isForSealing, tryReadCertificate } from '../cms/certificate-check.ts'
import { verifyDetachedSignature } from '../cms/verify-signature.ts'
import { verifySeal } from '../seal.ts'
import { payloadOf, type SealedRecord, type SignatureRecord } from '../sealed-records.ts'
import type { Verifier } from '../web-crypto.ts'
import { PART, sealingCertificateName, signatureName } from './parts.ts'
import type { ReadChain } from './read-chain.ts'
import type { PartFault } from './report.ts'

export interface RecordFault {
  readonly part: string
  readonly fault: PartFault
  readonly m?: number
}

interface Given {
  readonly read: ReadChain
  readonly authorityDer: Uint8Array
  /** Sealing certificates by digest; undefined for one that is missing or changed, which is named elsewhere. */
  readonly sealing: ReadonlyMap<string, Uint8Array | undefined>
}

export async function recordFaults(crypto: Verifier, { read, authorityDer, sealing }: Given): Promise<RecordFault[]> {
  const authority = tryReadCertificate(authorityDer)
  if (!authority) return [{ part: PART.authority, fault: 'certificate:malformed' }]
  if (!(await isAuthority(crypto, authority).catch(() => false))) return [{ part: PART.authority, fault: 'certificate:not-an-authority' }] // an unreadable extension makes none
  const { frozen, signatures, release } = read.chain
  const faults: RecordFault[] = []
  for (const [index, record] of [frozen, ...signatures, release].entries()) {
    faults.push(...(await sealFaults(crypto, { record, m: read.firstRecord + index, read, authority, sealing })))
  }
  for (const [index, signature] of signatures.entries()) {
    const fault = await signatureFault(crypto, { signature, read, authorityDer })
    if (fault) faults.push({ part: signatureName(frozen, signature, index), fault })
  }
  if (release.signatureDigests.join() !== signatures.map(({ signatureDigest }) => signatureDigest).join()) {
    faults.push({ part: PART.chain, fault: 'chain:not-the-signers-chain', m: read.events.length })
  }
  return faults
}

async function sealFaults(
  crypto: Verifier,
  {
    record,
    m,
    read,
    authority,
    sealing,
  }: { record: SealedRecord; m: number; read: ReadChain; authority: Certificate; sealing: Given['sealing'] },
): Promise<RecordFault[]> {
  const der = sealing.get(record.seal.key)
  if (!der) return []
  const part = sealingCertificateName([...sealing.keys()].indexOf(record.seal.key))
  const certificate = tryReadCertificate(der)
  if (!certificate) return [{ part, fault: 'certificate:malformed' }]
  const fault = await endCertificateFault(crypto, { certificate, authority, at: record.seal.at }).catch(() => 'malformed' as const) // an unreadable extension
  if (fault) return [{ part, fault: `certificate:${fault}` }]
  if (!isForSealing(certificate)) return [{ part, fault: 'certificate:wrong-use' }]
  const sealed = { caseId: read.caseId, kind: record.record, payload: payloadOf(record), seal: record.seal }
  return (await verifySeal(crypto, certificate.spki, sealed)) ? [] : [{ part: PART.chain, fault: 'seal', m }]
}

async function signatureFault(
  crypto: Verifier,
  { signature, read, authorityDer }: { signature: SignatureRecord; read: ReadChain; authorityDer: Uint8Array },
): Promise<PartFault | undefined> {
  const { frozen } = read.chain
  const cms = fromBase64(signature.cms)
  if (hex(await sha256(crypto, cms)) !== signature.signatureDigest) return 'changed'
  const verdict = await verifyDetachedSignature(crypto, {
    cms,
    authorityDer,
    expected: {
      caseId: read.caseId,
      versionId: frozen.versionId,
      participantId: signature.participantId,
      pdfDigest: fromHex(frozen.pdfDigest),
      textDigest: fromHex(frozen.textDigest),
      signingTime: signature.signedAt,
    },
  })
  if (!verdict.ok) return `signature:${verdict.fault}`
  if (hex(await sha256(crypto, verdict.facts.certificateDer)) !== signature.certificateDigest) return 'changed'
  const signer = frozen.signers.find(({ participantId }) => participantId === signature.participantId)
  return verdict.facts.name === signer?.name && verdict.facts.role === signer.role ? undefined : 'other-name'
}
