// A whole signing in one function, from draft to bundle, as the product does it step by step: for tests, for the validators, and for reading.
import { webcrypto } from 'node:crypto'
import { canonicalText } from '#shared/document/canonical-text.ts'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { textCode, textDigest } from '#shared/document/text-code.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64, base64url, hex } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import type { CaseId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { asId } from '#shared/kernel/ids.ts'
import { digestInput, GENESIS, headerBytes } from '#shared/log/event.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { completionOf } from '#shared/signing/bundle/completion.ts'
import { buildSignedAttributes, signDetached } from '#shared/signing/cms/detached-signature.ts'
import { seal } from '#shared/signing/seal.ts'
import type { FrozenRecord, ReleaseRecord, SealedRecord, SignatureRecord, Signer } from '#shared/signing/sealed-records.ts'
import { type Authority, makeAuthority, makeSealingKey, openAuthority, openSealingKey } from '../authority/authority.ts'
import { certifySigner } from '../authority/certify-signer.ts'
import { agreementPdf } from '../pdf/agreement-pdf.ts'
import { completionPdf } from '../pdf/completion-pdf.ts'
import { makeBundle, type ReleasedFiles, releasedParts } from './make-bundle.ts'

const subtle = webcrypto.subtle

export interface SampleSigning {
  readonly authority: Authority
  readonly sealingDer: Uint8Array
  readonly files: ReleasedFiles
  readonly records: readonly SealedRecord[]
  readonly events: readonly WireEvent[]
  readonly bundle: Uint8Array<ArrayBuffer>
}

export async function sampleSigning({
  clock,
  entropy,
  document = SAMPLE_DOCUMENT,
}: {
  clock: Clock
  entropy: Entropy
  document?: DocumentNode
}): Promise<SampleSigning> {
  const id = <Id extends CaseId | VersionId | ParticipantId>() => asId<Id>(base64url(entropy.bytes(16, 'sample')))
  const [caseId, versionId] = [id<CaseId>(), id<VersionId>()]
  const name = 'bitim.example'
  const authority = await openAuthority(await makeAuthority({ clock, entropy, name }))
  const sealing = await openSealingKey(await makeSealingKey(authority, { clock, entropy, name }))
  const signers: Signer[] = [
    { participantId: id(), name: 'Өмірбек Ұлжан Һәмитқызы', role: 'party', side: '«Ақжол» ЖШС' },
    { participantId: id(), name: 'Иванов Иван Сергеевич', role: 'representative', side: 'ТОО «Щит и Ёлка»' },
    { participantId: id(), name: 'Қуат Әлібек', role: 'mediator' },
  ]

  const canonical = canonicalText(document)
  if (!canonical.ok) throw new TypeError('the sample text has faults')
  const { text } = canonical
  const digest = await textDigest(subtle, text)
  const frozenAt = clock.now()
  const code = textCode(digest)
  const caseNumber = '2026-7'
  const pdf = await agreementPdf({ text, textCode: code, language: 'kk', frozenAt, caseNumber })
  const pdfDigest = await sha256(subtle, pdf)
  const frozenPayload: Omit<FrozenRecord, 'seal'> = {
    record: 'frozen',
    versionId,
    u: 1234,
    textDigest: hex(digest),
    pdfDigest: hex(pdfDigest),
    textCode: code,
    language: 'kk',
    languages: ['kk', 'ru'],
    caseNumber,
    frozenAt,
    authority: authority.fingerprint,
    signers,
  }
  const frozen = { ...frozenPayload, seal: await seal(subtle, sealing, { caseId, kind: 'frozen', payload: frozenPayload, at: frozenAt }) }

  const signatures: SignatureRecord[] = []
  for (const [i, signer] of signers.entries()) {
    const signingTime = frozenAt + (i + 1) * 60_000
    const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
    const binding = { caseId, versionId, participantId: signer.participantId }
    const request = { ...binding, spki, commonName: signer.name, role: signer.role, now: signingTime }
    const certificateDer = await certifySigner({ authority, entropy }, request)
    const attributes = await buildSignedAttributes(subtle, { contentDigest: pdfDigest, textDigest: digest, signingTime, certificateDer })
    const sign = (data: Uint8Array<ArrayBuffer>) => subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, data)
    const cms = await signDetached({ sign, attributes, certificateDer })
    const payload: Omit<SignatureRecord, 'seal'> = {
      record: 'signature',
      participantId: signer.participantId,
      versionId,
      signatureDigest: hex(await sha256(subtle, cms)),
      signedAt: signingTime,
      method: {
        read: i === 1 ? { by: 'Қуат Әлібек', language: 'ru' } : 'self',
        confirmation: signer.role === 'mediator' ? 'password' : 'code-read-out',
      },
      identityLevel: signer.role === 'mediator' ? 'staff-account' : 'link-and-code',
      certificateDigest: hex(await sha256(subtle, certificateDer)),
      cms: base64(cms),
    }
    signatures.push({ ...payload, seal: await seal(subtle, sealing, { caseId, kind: 'signature', payload, at: signingTime }) })
  }

  const releasedAt = frozenAt + 10 * 60_000
  const completion = await completionOf(subtle, { caseId, frozen, signatures, releasedAt, authorityDer: authority.certificateDer })
  const files: ReleasedFiles = { pdf, text, completionPdf: await completionPdf(completion) }
  const releasePayload: Omit<ReleaseRecord, 'seal'> = {
    record: 'release',
    versionId,
    releasedAt,
    signatureDigests: signatures.map(({ signatureDigest }) => signatureDigest),
    parts: await releasedParts(subtle, files),
  }
  const release = {
    ...releasePayload,
    seal: await seal(subtle, sealing, { caseId, kind: 'release', payload: releasePayload, at: releasedAt }),
  }

  const records = [frozen, ...signatures, release]
  const events = await chainOf(records, { caseId, audience: `signers:${versionId}`, at: releasedAt, entropy })
  const sealingCertificates = [sealing.certificateDer]
  const bundle = await makeBundle(subtle, { events, files, authorityDer: authority.certificateDer, sealingCertificates })
  return { authority, sealingDer: sealing.certificateDer, files, records, events, bundle }
}

/** Records as the events of one audience, hashed as the log does. */
export async function chainOf(
  records: readonly object[],
  { caseId, audience, at, entropy }: { caseId: CaseId; audience: Audience; at: number; entropy: Entropy },
): Promise<WireEvent[]> {
  const events: WireEvent[] = []
  let previous: Uint8Array = GENESIS
  for (const [index, record] of records.entries()) {
    const body = JSON.stringify(record)
    const salt = entropy.bytes(16, 'sample')
    const bodyDigest = await sha256(subtle, digestInput(salt, body))
    const header = { caseId, audience, epoch: 0, m: index + 1, type: 'sample:recorded', version: 1, by: 'system' as const, at, seen: '' }
    const hash = await sha256(subtle, headerBytes({ ...header, bodyDigest, previous }))
    events.push({
      ...header,
      body,
      salt: base64url(salt),
      bodyDigest: base64url(bodyDigest),
      previous: base64url(previous),
      hash: base64url(hash),
    })
    previous = hash
  }
  return events
}

function paragraph(text: string): DocumentNode {
  return { type: 'paragraph', content: [{ type: 'text', text }] }
}
function clause(...content: readonly DocumentNode[]): DocumentNode {
  return { type: 'clause', attrs: { id: 'sample' }, content }
}
function heading(level: number, text: string): DocumentNode {
  return { type: 'heading', attrs: { level }, content: [{ type: 'text', text }] }
}

const SAMPLE_DOCUMENT: DocumentNode = {
  type: 'doc',
  content: [
    heading(1, 'Дауды (жанжалды) реттеу туралы келісім'),
    paragraph('Алматы қаласы, 2026 жылғы 22 қараша'),
    heading(2, 'Тараптар'),
    clause(paragraph('Тапсырыс беруші: «Ақжол» ЖШС, оның атынан Өмірбек Ұлжан Һәмитқызы.')),
    clause(paragraph('Поставщик: ТОО «Щит и Ёлка», представитель — Иванов Иван Сергеевич, доверенность № 12.')),
    clause(paragraph('Медиатор: Қуат Әлібек.')),
    heading(2, 'Міндеттемелер'),
    clause(
      paragraph('Поставщик обязуется выплатить 1 250 000 ₸ за просрочку поставки.'),
      clause(paragraph('Бірінші төлем: 625 000 ₸, 2026 жылғы 1 желтоқсанға дейін.')),
      clause(paragraph('Екінші төлем: 625 000 ₸, 2027 жылғы 15 қаңтарға дейін.')),
    ),
    clause(paragraph('Последствия неисполнения: неустойка 0,1 % за каждый день просрочки, но не более 10 %.')),
    clause(paragraph('Тараптар мәлімдейді:'), {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [paragraph('келісім ерікті түрде жасалды;')] },
        { type: 'listItem', content: [paragraph('өзара талаптары жоқ.')] },
      ],
    }),
  ],
}
