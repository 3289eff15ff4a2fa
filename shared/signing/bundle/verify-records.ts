// The sealed records against keys: each seal under a sealing certificate of the authority, each signature by the verifier of its scheme.
import { fromBase64 } from '#shared/kernel/bytes.ts'
import type { Signer } from '../chain-fields.ts'
import type { Certificate } from '../cms/certificate.ts'
import { endCertificateFault, isAuthority, isForSealing, tryReadCertificate } from '../cms/certificate-check.ts'
import { subjectNames } from '../cms/certificate-names.ts'
import type { SignerFacts } from '../cms/verify-signature.ts'
import { bytesOf, type Digest, digestOf } from '../named-digest.ts'
import { verifySeal } from '../seal.ts'
import { payloadOf } from '../seal-payload.ts'
import type { SealedRecord, SignatureRecord } from '../sealed-records.ts'
import { VERIFIERS } from '../verifiers.ts'
import type { Verifier } from '../web-crypto.ts'
import { PART, recordsOf, sealingCertificateName, signatureName } from './parts.ts'
import type { ReadChain } from './read-chain.ts'
import type { PartFault } from './report.ts'

interface RecordFault {
  readonly part: string
  readonly fault: PartFault
  readonly seq?: number
}

interface Given {
  readonly read: ReadChain
  readonly authorityDer: Uint8Array
  /** Sealing certificates by digest; undefined for one that is missing or changed, which is named elsewhere. */
  readonly sealing: ReadonlyMap<Digest, Uint8Array | undefined>
}

export async function recordFaults(crypto: Verifier, { read, authorityDer, sealing }: Given): Promise<RecordFault[]> {
  const authority = tryReadCertificate(authorityDer)
  if (!authority) return [{ part: PART.authority, fault: 'certificate:malformed' }]
  if (!(await isAuthority(crypto, authority).catch(() => false))) return [{ part: PART.authority, fault: 'certificate:not-an-authority' }] // an unreadable extension makes none
  const { frozen, signatures, release } = read.chain
  const faults: RecordFault[] = []
  for (const [index, record] of recordsOf(read.chain).entries()) {
    const fault = await sealFault(crypto, { record, read, authority, sealing })
    const seq = read.places[index]
    if (fault) faults.push({ ...fault, ...(fault.part === PART.chain && seq !== undefined ? { seq } : {}) })
  }
  for (const [index, signature] of signatures.entries()) {
    const fault = await signatureFault(crypto, { signature, read, authorityDer })
    if (fault) faults.push({ part: signatureName(frozen, signature, index), fault })
  }
  if (release.signatureDigests.join() !== signatures.map(({ signatureDigest }) => signatureDigest).join()) {
    faults.push({ part: PART.chain, fault: 'chain:not-the-signers-chain', seq: read.events.length })
  }
  return faults
}

async function sealFault(
  crypto: Verifier,
  { record, read, authority, sealing }: { record: SealedRecord; read: ReadChain; authority: Certificate; sealing: Given['sealing'] },
): Promise<RecordFault | undefined> {
  const der = sealing.get(record.seal.key)
  if (!der) return undefined
  const part = sealingCertificateName([...sealing.keys()].indexOf(record.seal.key))
  const sealed = { caseId: read.caseId, kind: record.record, payload: payloadOf(record), seal: record.seal }
  const fault = await heldSealFault(crypto, { der, authority, sealed })
  return fault && { part: fault === 'seal' ? PART.chain : part, fault }
}

/** Whether a seal holds under this certificate, and the certificate under the authority, at the time of the seal. */
export async function heldSealFault(
  crypto: Verifier,
  { der, authority, sealed }: { der: Uint8Array; authority: Certificate; sealed: Parameters<typeof verifySeal>[2] },
): Promise<PartFault | undefined> {
  const certificate = tryReadCertificate(der)
  if (!certificate) return 'certificate:malformed'
  const fault = await endCertificateFault(crypto, { certificate, authority, at: sealed.seal.at }).catch(() => 'malformed' as const) // an unreadable extension
  if (fault) return `certificate:${fault}`
  if (!isForSealing(certificate)) return 'certificate:wrong-use'
  return (await verifySeal(crypto, certificate.spki, sealed)) ? undefined : 'seal'
}

async function signatureFault(
  crypto: Verifier,
  { signature: record, read, authorityDer }: { signature: SignatureRecord; read: ReadChain; authorityDer: Uint8Array },
): Promise<PartFault | undefined> {
  const { frozen } = read.chain
  const signature = fromBase64(record.signature)
  if ((await digestOf(crypto, signature)) !== record.signatureDigest) return 'changed'
  const verdict = await VERIFIERS[record.scheme].verify(crypto, {
    signature,
    authorityDer,
    expected: {
      caseId: read.caseId,
      versionId: frozen.versionId,
      participantId: record.participantId,
      pdfDigest: bytesOf(frozen.pdfDigest),
      textDigest: bytesOf(frozen.textDigest),
      signingTime: record.signedAt,
    },
  })
  if (!verdict.ok) return `signature:${verdict.fault}`
  if ((await digestOf(crypto, verdict.facts.certificateDer)) !== record.certificateDigest) return 'changed'
  const signer = frozen.signers.find(({ participantId }) => participantId === record.participantId)
  return signer && isNamedIn(verdict.facts, signer) ? undefined : 'other-name'
}

/** Certificates from before X.520's bounds were kept bear the whole name, however long, and no side. */
function isNamedIn({ name, wholeName, organization, role }: SignerFacts, signer: Signer): boolean {
  const names = subjectNames(signer)
  if (role !== signer.role) return false
  if (name === signer.name && wholeName === undefined) return organization === undefined || organization === names.organization
  return name === names.commonName && wholeName === names.wholeName && organization === names.organization
}
