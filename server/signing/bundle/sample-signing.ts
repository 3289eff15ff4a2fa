// A whole signing in one function, from draft to bundle, as the product does it step by step: for tests, for the validators, and for reading.
import { webcrypto } from 'node:crypto'
import { agreementPdf } from '#server/document/pdf/agreement-pdf.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { textCode, textDigest } from '#shared/document/text-code.ts'
import { versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { type Audience, signersAudience } from '#shared/kernel/audience.ts'
import { base64, base64url, fromBase64url, utf8 } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import type { CaseId, FileId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { asId } from '#shared/kernel/ids.ts'
import { digestInput, GENESIS, headerBytes } from '#shared/log/event.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { LATEST_BUNDLE_FORMAT } from '#shared/signing/bundle/bundle-format.ts'
import type { ChainRecord } from '#shared/signing/bundle/chain-records.ts'
import { completionOf } from '#shared/signing/bundle/completion.ts'
import type { Signer } from '#shared/signing/chain-fields.ts'
import { releaseSealed, signatureSealed, versionSealed } from '#shared/signing/chain-protocol.ts'
import { buildSignedAttributes, signDetached } from '#shared/signing/cms/detached-signature.ts'
import { bytesOf, digestOf, fromEventHash, fromHexDigest, hexOf } from '#shared/signing/named-digest.ts'
import { SERVICE_SCHEME } from '#shared/signing/schemes.ts'
import { type SealingKey, type SealKind, seal } from '#shared/signing/seal.ts'
import {
  type AccessLine,
  type ClosingRecord,
  type ConfirmationLine,
  FIRST_PAPER_WORDS,
  type FrozenRecord,
  LATEST_PAPER_WORDS,
  type PaperWords,
  type ReleaseRecord,
  type SignatureRecord,
} from '#shared/signing/sealed-records.ts'
import { type Authority, makeAuthority, makeSealingKey, openAuthority, openSealingKey } from '../authority/authority.ts'
import { certifySigner } from '../authority/certify-signer.ts'
import { completionPdf } from '../pdf/completion-pdf.ts'
import { makeBundle, type ReleasedFiles, releasedParts } from './make-bundle.ts'

const subtle = webcrypto.subtle

export interface SampleSigning {
  readonly authority: Authority
  readonly sealingKey: SealingKey
  readonly files: ReleasedFiles
  readonly records: readonly ChainRecord[]
  readonly events: readonly WireEvent[]
  readonly closing: ClosingRecord
  readonly bundle: Uint8Array<ArrayBuffer>
}

interface Making {
  readonly clock: Clock
  readonly entropy: Entropy
}

type SamplePerson = Omit<Signer, 'participantId'>

interface Sampled {
  readonly document?: readonly DocumentBlock[]
  /** The mediator last. */
  readonly people?: readonly SamplePerson[]
  readonly authorityName?: string
  /** The first ones: as the releases before them sealed it. */
  readonly paperWords?: PaperWords
  /** Of the same installation as this one. */
  readonly from?: Pick<SampleSigning, 'authority' | 'sealingKey'>
}

/** What the steps share: the case, the keys, and the seal over whatever record. */
interface Room {
  readonly caseId: CaseId
  readonly versionId: VersionId
  readonly authority: Authority
  readonly entropy: Entropy
  readonly sealed: <R extends { readonly record: SealKind }>(payload: R, at: number) => Promise<R & { readonly seal: LatestSeal }>
}
type LatestSeal = Awaited<ReturnType<typeof seal>>

/** How the second signer was called at first. */
export const SAMPLE_MISTAKE = 'Иванов Иван Сергевич'

export async function sampleSigning({
  clock,
  entropy,
  document = SAMPLE_DOCUMENT,
  people = SAMPLE_PEOPLE,
  authorityName: name = 'bitim.example',
  paperWords = LATEST_PAPER_WORDS,
  from,
}: Making & Sampled): Promise<SampleSigning> {
  const id = <Id extends CaseId | VersionId>() => asId<Id>(base64url(entropy.bytes(16, 'sample')))
  const [caseId, versionId] = [id<CaseId>(), id<VersionId>()]
  const authority = from?.authority ?? (await openAuthority(await makeAuthority({ clock, entropy, name })))
  const authorityDer = authority.certificateDer
  const sealing = from?.sealingKey ?? (await openSealingKey(await makeSealingKey(authority, { clock, entropy, name })))
  const sealed: Room['sealed'] = async (payload, at) => ({
    ...payload,
    seal: await seal(subtle, sealing, { caseId, kind: payload.record, payload, at }),
  })
  const room: Room = { caseId, versionId, authority, entropy, sealed }

  const { frozen, text, pdf } = await freeze(room, { document, people, frozenAt: clock.now() })
  const signatures: SignatureRecord[] = []
  for (const index of frozen.signers.keys()) signatures.push(await sign(room, frozen, index))
  const releasedAt = frozen.frozenAt + 10 * 60_000
  const corrections = frozen.signers
    .slice(1, 2)
    .map(({ participantId, name: is }) => ({ participantId, was: SAMPLE_MISTAKE, is, at: clock.now() - 86_400_000 }))
  const told = {
    releasedAt,
    corrections,
    access: accessOf(frozen, releasedAt),
    confirmed: confirmedOf(frozen),
    ...(paperWords !== FIRST_PAPER_WORDS && { paperWords }),
  }
  const completion = await completionOf(subtle, { caseId, frozen, signatures, release: told, authorityDer })
  const files: ReleasedFiles = { pdf, text, completionPdf: await completionPdf(completion, paperWords), paperWords }
  const release: ReleaseRecord = await sealed(
    {
      record: 'release',
      bundleFormat: LATEST_BUNDLE_FORMAT,
      versionId,
      ...told,
      signatureDigests: signatures.map(({ signatureDigest }) => signatureDigest),
      parts: await releasedParts(subtle, files),
    },
    releasedAt,
  )

  const records = [frozen, ...signatures, release]
  const place = { caseId, audience: signersAudience(versionId), at: releasedAt, entropy }
  const events = await chainOf([...openingOf(frozen), ...records], place)
  const closing: ClosingRecord = await sealed({ record: 'closing', versionId, head: headOf(events), evidence: [] }, releasedAt + 5)
  const sealingCertificates = [sealing.certificateDer]
  const bundle = await makeBundle(subtle, { closed: { events, closing }, files, authorityDer, sealingCertificates })
  return { authority, sealingKey: sealing, files, records, events, closing, bundle }
}

async function freeze(
  { caseId, versionId, authority, entropy, sealed }: Room,
  { document, people, frozenAt }: { document: readonly DocumentBlock[]; people: readonly SamplePerson[]; frozenAt: number },
) {
  const signers = people.map(
    (person): Signer => ({ participantId: asId<ParticipantId>(base64url(entropy.bytes(16, 'sample'))), ...person }),
  )
  const canonical = canonicalText(document)
  if (!canonical.ok) throw new TypeError('the sample text has faults')
  const { text } = canonical
  const code = textCode(await textDigest(subtle, text))
  const caseNumber = '2026-7'
  const pdf = await agreementPdf({ text, textCode: code, language: 'kk', frozenAt, caseNumber })
  const frozen: FrozenRecord = await sealed(
    {
      record: 'frozen',
      versionId,
      documentId: settlementOf(caseId).id,
      revision: 1234,
      textDigest: await digestOf(subtle, utf8(text)),
      pdfDigest: await digestOf(subtle, pdf),
      textCode: code,
      language: 'kk',
      languages: ['kk', 'ru'],
      caseNumber,
      frozenAt,
      authority: fromHexDigest(authority.fingerprint),
      signers,
    },
    frozenAt,
  )
  return { frozen, text, pdf }
}

async function sign(
  { caseId, versionId, authority, entropy, sealed }: Room,
  frozen: FrozenRecord,
  index: number,
): Promise<SignatureRecord> {
  const signer = frozen.signers[index]
  if (!signer) throw new TypeError('no such signer')
  const { participantId, role, name, side } = signer
  const signingTime = frozen.frozenAt + (index + 1) * 60_000
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
  const certificateDer = await certifySigner(
    { authority, entropy },
    { caseId, versionId, participantId, spki, name, role, side, now: signingTime },
  )
  const attributes = await buildSignedAttributes(subtle, {
    contentDigest: bytesOf(frozen.pdfDigest),
    textDigest: bytesOf(frozen.textDigest),
    signingTime,
    certificateDer,
  })
  const byKey = (data: Uint8Array<ArrayBuffer>) => subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, data)
  const cms = await signDetached({ sign: byKey, attributes, certificateDer })
  return sealed(
    {
      record: 'signature',
      participantId,
      versionId,
      scheme: SERVICE_SCHEME,
      signatureDigest: await digestOf(subtle, cms),
      signedAt: signingTime,
      method: {
        read: index === 1 ? { by: 'Қуат Әлібек', language: 'ru' } : 'self',
        confirmation: role === 'mediator' ? 'password' : 'code-read-out',
      },
      identityLevel: role === 'mediator' ? 'staff-account' : 'link-and-code',
      certificateDigest: await digestOf(subtle, certificateDer),
      signature: base64(cms),
    },
    signingTime,
  )
}

/** What the log tells the signers before the first record. */
export function openingOf(frozen: FrozenRecord): object[] {
  const { versionId, documentId, revision, textCode: code, language } = frozen
  const signers = frozen.signers.map(({ participantId }) => participantId)
  const [textFileId, pdfFileId] = ['text', 'pdf'].map((name) => asId<FileId>(name.padEnd(22, '_')))
  const digests = { textDigest: hexOf(frozen.textDigest), pdfDigest: hexOf(frozen.pdfDigest) }
  return [
    ...signers.map((participantId) => ({ participantId })),
    { versionId, ...(documentId && { documentId }), revision, ...digests, textCode: code, textFileId, pdfFileId, language, signers },
  ]
}

/** Where a chain stands, as its closing names it. */
export function headOf(events: readonly WireEvent[]): ClosingRecord['head'] {
  return { m: events.length, digest: fromEventHash(events.at(-1)?.hash ?? '') }
}

/** Bodies as the events of one audience, hashed as the log does; each of the kind that its content shows. */
export async function chainOf(
  bodies: readonly object[],
  { caseId, audience, at, entropy }: { caseId: CaseId; audience: Audience; at: number; entropy: Entropy },
): Promise<WireEvent[]> {
  const events: WireEvent[] = []
  for (const content of bodies) {
    const body = JSON.stringify(content)
    const salt = entropy.bytes(16, 'sample')
    const header = { caseId, audience, epoch: 1, seq: events.length + 1, ...kindOf(content), by: 'system' as const, at, seen: '' }
    events.push(await linked({ ...header, body, salt: base64url(salt) }, events.at(-1)))
  }
  return events
}

/** The event behind this one, its digests made anew: what anybody can do, with or without keys. */
export async function linked(
  event: Omit<WireEvent, 'bodyDigest' | 'previous' | 'hash'>,
  before: Pick<WireEvent, 'hash'> | undefined,
): Promise<WireEvent> {
  const bodyDigest = await sha256(subtle, digestInput(fromBase64url(event.salt), event.body ?? ''))
  const previous = before ? fromBase64url(before.hash) : GENESIS
  const hash = await sha256(subtle, headerBytes({ ...event, bodyDigest, previous }))
  return { ...event, bodyDigest: base64url(bodyDigest), previous: base64url(previous), hash: base64url(hash) }
}

const KINDS: Readonly<Record<string, EventDefinition>> = { frozen: versionSealed, signature: signatureSealed, release: releaseSealed }

function kindOf(content: object): { type: string; version: number } {
  const definition = 'record' in content ? KINDS[String(content.record)] : undefined
  if (definition) return { type: definition.name, version: definition.version }
  if ('participantId' in content) return { type: roomJoined.name, version: 1 }
  return 'textFileId' in content ? { type: versionFrozen.name, version: versionFrozen.version } : { type: 'sample:told', version: 1 }
}

const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  { name: 'Өмірбек Ұлжан Һәмитқызы', role: 'party', side: '«Ақжол» ЖШС' },
  { name: 'Иванов Иван Сергеевич', role: 'representative', side: 'ТОО «Щит и Ёлка»' },
  { name: 'Қуат Әлібек', role: 'mediator' },
]

const SAMPLE_DOCUMENT: readonly DocumentBlock[] = [
  block('b1', 'heading', 1, 'Дауды (жанжалды) реттеу туралы келісім'),
  block('b2', 'paragraph', 0, 'Алматы қаласы, 2026 жылғы 22 қараша'),
  block('b3', 'heading', 2, 'Тараптар'),
  block('b4', 'clause', 1, 'Тапсырыс беруші: «Ақжол» ЖШС, оның атынан Өмірбек Ұлжан Һәмитқызы.'),
  block('b5', 'clause', 1, 'Поставщик: ТОО «Щит и Ёлка», представитель — Иванов Иван Сергеевич, доверенность № 12.'),
  block('b6', 'clause', 1, 'Медиатор: Қуат Әлібек.'),
  block('b7', 'heading', 2, 'Міндеттемелер'),
  block('b8', 'clause', 1, 'Поставщик обязуется выплатить 1 250 000 ₸ за просрочку поставки.'),
  block('b9', 'clause', 2, 'Бірінші төлем: 625 000 ₸, 2026 жылғы 1 желтоқсанға дейін.'),
  block('b10', 'clause', 2, 'Екінші төлем: 625 000 ₸, 2027 жылғы 15 қаңтарға дейін.'),
  block('b11', 'clause', 1, 'Последствия неисполнения: неустойка 0,1 % за каждый день просрочки, но не более 10 %.'),
  block('b12', 'clause', 1, 'Тараптар мәлімдейді:'),
  block('b13', 'item', 1, 'келісім ерікті түрде жасалды;'),
  block('b14', 'item', 1, 'өзара талаптары жоқ.'),
]

/** One line of each kind, of the first signer. */
function accessOf({ signers: [first, ...others] }: FrozenRecord, before: number): AccessLine[] {
  const [participantId, by] = [first?.participantId, others.at(-1)?.participantId]
  if (!participantId || !by) throw new Error('a version has signers')
  const line = (what: AccessLine['what'], more: Partial<AccessLine> = {}): AccessLine => ({
    participantId,
    what,
    at: before - 60_000,
    ...more,
  })
  return [
    line('link-made', { by }),
    line('device-bound', { device: 'Chrome, Android', way: 'read-out' }),
    line('contacts-changed', { by }),
    line('contact-confirmed', { device: 'Chrome, Android', way: 'mail' }),
    line('device-bound', { device: 'Firefox, Windows', way: 'mail' }),
    line('device-confirmed', { device: 'Firefox, Windows' }),
    line('device-ended', { device: 'Firefox, Windows', by }),
    line('contact-removed', { device: 'Chrome, Android' }),
  ]
}

/** One of each kind, a moment before the text was closed. */
function confirmedOf({ signers, frozenAt }: FrozenRecord): ConfirmationLine[] {
  const by = signers.at(-1)?.participantId
  if (!by) throw new Error('a version has signers')
  const line = (kind: ConfirmationLine['kind'], found: string): ConfirmationLine => ({ kind, found, by, at: frozenAt - 2_000 })
  return [
    line('empty-heading', 'Шығыстар'),
    line('missing-heading', 'performance'),
    line('missing-heading', 'consequences'),
    line('missing-name', 'ТОО «Щит и Ёлка»'),
    line('mixed-word', 'Щит1к'),
    line('no-term', '5.1. Поставщик обязуется выплатить 1 250 000 ₸ за просрочку поставки.'),
    line('past-term', '1 қараша 2026'),
    line('more-places', '301'),
  ]
}
