// Verifies a bundle anywhere, without network and without us: every byte of it follows from, or is sealed by, the signers' chain,
// and the authority is believed only if it came from elsewhere. Answers part by part.

import { parseBlocks } from '#shared/document/text/blocks.ts'
import { textCode } from '#shared/document/text-code.ts'
import { fromUtf8, hex } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { isNewer } from './bundle/bundle-format.ts'
import { authorityReport, checkBytes, checkCertificate, checkDigest, overallOf, shown } from './bundle/check-files.ts'
import { checkManifest, isListed } from './bundle/check-manifest.ts'
import { Checks } from './bundle/checks.ts'
import { type Completion, completionOf } from './bundle/completion.ts'
import { intoFolders } from './bundle/own-files.ts'
import { otherArchive, partAlone } from './bundle/part-alone.ts'
import {
  determinedParts,
  PART,
  RELEASED_PARTS,
  sealingCertificateName,
  sealingKeys,
  signatureName,
  signerCertificateName,
} from './bundle/parts.ts'
import { type Archive, type ArchiveState, readArchive, readFolder } from './bundle/read-archive.ts'
import { type ReadChain, readChain } from './bundle/read-chain.ts'
import type { AuthorityReport, BundleReport, NotWhole, PartFault, PartReport, TrustedRoot } from './bundle/report.ts'
import type { ZipFile } from './bundle/stored-zip.ts'
import { recordFaults } from './bundle/verify-records.ts'
import { type Digest, fromHexDigest } from './named-digest.ts'
import type { Verifier } from './web-crypto.ts'

/** No chain and no list of parts is ever near so large: what is larger is not read as one. */
const MAX_LIST_BYTES = 8 * 1024 * 1024
/** `zip`: the file as somebody has it; whatever it is, it is answered and never thrown at. */
export async function verifyBundle(crypto: Verifier, zip: Uint8Array, root?: TrustedRoot): Promise<BundleReport> {
  return verifyReadBundle(crypto, await readArchive(zip), { file: zip, root })
}

/** The same for several files: what somebody unpacked, or chose one by one. */
export async function verifyFolder(crypto: Verifier, files: readonly ZipFile[], root?: TrustedRoot): Promise<BundleReport> {
  return verifyReadBundle(crypto, readFolder(intoFolders(files)), { root })
}

/** The same for an archive that was read already. `file`: that it was read from, unless it was a folder. */
export async function verifyReadBundle(
  crypto: Verifier,
  archive: Archive,
  { file, root }: { readonly file?: Uint8Array | undefined; readonly root?: TrustedRoot | undefined },
): Promise<BundleReport> {
  if (archive.ok) return shown(await verifyArchive(crypto, archive, root))
  return shown(file ? noBundle(archive.fault, file) : alone(archive.fault))
}

/** Something by which an agreement is known, or what stands of it. */
function holdsOwnParts(files: readonly ZipFile[]): boolean {
  const names = new Set(files.map(({ name }) => name))
  return names.has(PART.chain) || names.has(PART.manifest) || (names.has(PART.pdf) && names.has(PART.text))
}

type GoodArchive = Extract<Archive, { ok: true }>

async function verifyArchive(crypto: Verifier, archive: GoodArchive, root: TrustedRoot | undefined): Promise<BundleReport> {
  const { state, files, damaged } = archive
  const found = new Map<string, Uint8Array>()
  for (const { name, bytes } of files) if (!found.has(name)) found.set(name, bytes)
  if (files.length === 0 && state !== 'exact' && state !== 'repacked' && state !== 'folder') return alone(asFault(state))
  if (!holdsOwnParts(files) && state !== 'cut-off') return alone(otherArchive(files))
  const checks = new Checks(found)
  if (found.size !== files.length) checks.broken('zip', 'twice')
  else if (state === 'exact') checks.ok('zip')
  else checks.notWhole('zip', asFault(state))
  for (const name of [PART.chain, PART.manifest]) if ((found.get(name)?.length ?? 0) > MAX_LIST_BYTES) checks.broken(name, 'too-large')
  if (checks.isBroken(PART.chain) || checks.isBroken(PART.manifest)) return unread(checks)

  // What a damaged digit in a damaged archive says is nothing to go by.
  const isSound = damaged.length === 0 && state !== 'changed' && state !== 'cut-off' && !checks.anyBroken
  if (isSound && isNewer('bitim-bundle', found.get(PART.manifest)))
    return unsupported(found, { part: PART.manifest, fault: 'newer-format' })
  const chainBytes = checks.bytesOf(PART.chain)
  const read = chainBytes && (await readChain(crypto, chainBytes))
  if (!read) return unread(checks)
  if ('problem' in read) {
    const { problem, seq } = read
    if (problem === 'newer-format' || problem === 'unknown-scheme') {
      if (isSound) return unsupported(found, { part: PART.chain, fault: problem, ...(seq === undefined ? {} : { seq }) })
      checks.broken(PART.chain, problem, seq)
    } else checks.broken(PART.chain, `chain:${problem}`, seq)
    return unread(checks)
  }
  return verifyParts(crypto, { archive, checks, read, root })
}

function asFault(state: Exclude<ArchiveState, 'exact'>): NotWhole {
  return state === 'changed' ? 'archive-changed' : state
}

/** Without its chain nothing of a bundle can be told. */
function unread(checks: Checks): BundleReport {
  for (const name of checks.found.keys()) checks.unchecked(name)
  return { overall: checks.anyBroken ? 'broken' : 'not-whole', parts: checks.parts }
}

function noBundle(fault: 'not-a-zip' | 'too-large' | 'several-bundles', file: Uint8Array): BundleReport {
  return alone(fault === 'not-a-zip' ? (partAlone(file) ?? fault) : fault)
}

const NO_BUNDLE: ReadonlySet<PartFault> = new Set(['not-a-zip', 'too-large', 'web-page', 'other-archive'])

function alone(fault: PartFault): BundleReport {
  return NO_BUNDLE.has(fault)
    ? { overall: 'no-bundle', parts: [{ part: 'zip', state: 'unchecked', fault }] }
    : { overall: 'not-whole', parts: [{ part: 'zip', state: 'not-whole', fault }] }
}

/** Nothing is judged of what is made in a way that this verifier does not know: no part of it is called good, or broken. */
function unsupported(found: ReadonlyMap<string, Uint8Array>, why: Omit<PartReport, 'state'>): BundleReport {
  const parts = [...found.keys()].map((part): PartReport => ({ part, state: 'unchecked', ...(part === why.part ? why : {}) }))
  return { overall: 'unsupported', parts }
}

async function verifyParts(
  crypto: Verifier,
  { archive, checks, read, root }: { archive: GoodArchive; checks: Checks; read: ReadChain; root: TrustedRoot | undefined },
): Promise<BundleReport> {
  const { chain, caseId } = read
  const { frozen, signatures, release } = chain
  const names = expectedNames(read).filter((name) => !isMadeUp(checks, chain, name))
  for (const name of checks.found.keys()) if (!names.includes(name)) checks.notWhole(name, 'unexpected')

  const authorityDer = await checkCertificate(crypto, checks, PART.authority, frozen.authority)
  const sealing = new Map<Digest, Uint8Array | undefined>()
  for (const [i, key] of sealingKeys(chain).entries()) {
    const name = sealingCertificateName(i)
    if (names.includes(name)) sealing.set(key, await checkCertificate(crypto, checks, name, key))
    else checks.broken(PART.chain, 'chain:not-the-signers-chain')
  }
  for (const name of RELEASED_PARTS) await checkDigest(crypto, checks, name, release.parts[name])
  for (const { name, digest } of chain.closing?.evidence ?? []) await checkDigest(crypto, checks, name, digest)
  await checkText(crypto, checks, read)
  if (release.parts[PART.pdf] !== frozen.pdfDigest) checks.broken(PART.chain, 'chain:not-the-signers-chain', read.events.length)

  let completion: Completion | undefined
  let authority: AuthorityReport | undefined
  if (authorityDer) {
    authority = await authorityReport(crypto, authorityDer, root)
    for (const fault of await recordFaults(crypto, { read, authorityDer, sealing })) checks.broken(fault.part, fault.fault, fault.seq)
    completion = await completionOf(crypto, { caseId, frozen, signatures, release, authorityDer }).catch(() => undefined) // unreadable CMS: named above
    if (completion) {
      for (const part of await determinedParts(crypto, { chain, caseId, authorityDer })) checkBytes(checks, part)
    }
  }
  await checkManifest(crypto, checks, { caseId, chain, names })
  for (const name of names) checks.settle(name)
  // Sound parts in another order, or under checksums that were changed along with nothing, are another archive.
  const isReordered = checks.allOk && archive.files.map(({ name }) => name).join() !== names.join()
  if (isReordered || archive.damaged.some((name) => checks.isOk(name))) checks.otherArchive()

  const text = checks.found.get(PART.text)
  return {
    overall: overallOf(checks, authority),
    format: read.format,
    notCovered: read.format === 1 ? ['chain-headers'] : [],
    parts: checks.parts,
    ...(authority ? { authority } : {}),
    ...(completion ? { completion } : {}),
    ...(text && checks.isOk(PART.text) ? { text: fromUtf8(text) } : {}),
  }
}

/** Names in the order in which a bundle holds them. */
export function expectedNames({ chain }: ReadChain): string[] {
  const { frozen, signatures } = chain
  return [
    PART.readme,
    PART.pdf,
    PART.text,
    PART.completionPdf,
    PART.completion,
    ...signatures.map((signature, i) => signatureName(frozen, signature, i)),
    ...signatures.map((_, i) => signerCertificateName(i)),
    PART.authority,
    ...sealingKeys(chain).map((_, i) => sealingCertificateName(i)),
    ...(chain.closing?.evidence ?? []).map(({ name }) => name),
    PART.chain,
    PART.manifest,
  ]
}

/** The certificate of a sealing key that no part of the bundle speaks of but the chain: the key's name was changed there. */
function isMadeUp(checks: Checks, chain: ReadChain['chain'], name: string): boolean {
  const manifest = checks.found.get(PART.manifest)
  const isOfSealingKey = sealingKeys(chain).some((_, i) => sealingCertificateName(i) === name)
  return isOfSealingKey && !checks.found.has(name) && manifest !== undefined && !isListed(manifest, name)
}

async function checkText(crypto: Verifier, checks: Checks, { chain: { frozen } }: ReadChain): Promise<void> {
  const bytes = checks.bytesOf(PART.text)
  if (!bytes) return
  const digest = await sha256(crypto, bytes)
  if (fromHexDigest(hex(digest)) !== frozen.textDigest) checks.broken(PART.text, 'changed')
  else if (parseBlocks(fromUtf8(bytes)) === undefined) checks.broken(PART.text, 'not-canonical')
  else if (textCode(digest) !== frozen.textCode) checks.broken(PART.text, 'other-code')
}
