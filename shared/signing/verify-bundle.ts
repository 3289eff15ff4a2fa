// Verifies a bundle anywhere, without network and without us: every byte of it follows from, or is sealed by, the signers' chain,
// and the authority is believed only if it came from elsewhere. Answers part by part.

import { parseBlocks } from '#shared/document/text/blocks.ts'
import { textCode } from '#shared/document/text-code.ts'
import { equalBytes, fromUtf8, hex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { isNewer } from './bundle/bundle-format.ts'
import { type Completion, completionOf } from './bundle/completion.ts'
import {
  determinedParts,
  manifestJson,
  PART,
  RELEASED_PARTS,
  sealingCertificateName,
  sealingKeys,
  signatureName,
  signerCertificateName,
} from './bundle/parts.ts'
import { fromPem, toPem } from './bundle/pem.ts'
import { type ReadChain, readChain } from './bundle/read-chain.ts'
import type { AuthorityReport, BundleReport, PartFault, PartReport, TrustedRoot } from './bundle/report.ts'
import { readZip, type ZipFile } from './bundle/stored-zip.ts'
import { recordFaults } from './bundle/verify-records.ts'
import { isAuthority, tryReadCertificate } from './cms/certificate-check.ts'
import { OID } from './cms/oids.ts'
import { type Digest, digestOf, fromHexDigest } from './named-digest.ts'
import { spokenFingerprint } from './spoken-fingerprint.ts'
import type { Verifier } from './web-crypto.ts'

export async function verifyBundle(crypto: Verifier, zip: Uint8Array, root?: TrustedRoot): Promise<BundleReport> {
  const reading = readZip(zip)
  if (!reading.ok) return { overall: 'broken', parts: [{ part: 'zip', state: 'broken', fault: reading.fault }] }
  const found = new Map<string, Uint8Array>()
  const archive = archiveFault(reading)
  for (const { name, bytes } of reading.files) if (!found.has(name)) found.set(name, bytes)
  const checks = new Checks(found)
  if (archive) checks.broken('zip', archive)
  else checks.ok('zip')

  // A damaged archive is broken, whatever a damaged digit in it says.
  const whole = !archive && reading.damaged.length === 0
  if (whole && isNewer('bitim-bundle', found.get(PART.manifest))) return unsupported(found, { part: PART.manifest, fault: 'newer-format' })
  const chainBytes = checks.bytesOf(PART.chain)
  const read = chainBytes && (await readChain(crypto, chainBytes))
  if (!read || 'problem' in read) {
    const { problem, seq } = read ?? {}
    if (problem === 'newer-format' || problem === 'unknown-scheme') {
      if (whole) return unsupported(found, { part: PART.chain, fault: problem, ...(seq === undefined ? {} : { seq }) })
      checks.broken(PART.chain, problem, seq)
    } else if (problem) checks.broken(PART.chain, `chain:${problem}`, seq)
    for (const name of found.keys()) checks.unchecked(name)
    return { overall: 'broken', parts: checks.parts }
  }
  return verifyParts(crypto, { reading, checks, read, root })
}

/** Nothing is judged of what is made in a way that this verifier does not know: no part of it is called good, or broken. */
function unsupported(found: ReadonlyMap<string, Uint8Array>, why: Omit<PartReport, 'state'>): BundleReport {
  const parts = [...found.keys()].map((part): PartReport => ({ part, state: 'unchecked', ...(part === why.part ? why : {}) }))
  return { overall: 'unsupported', parts }
}

type GoodZip = Extract<ReturnType<typeof readZip>, { ok: true }>

async function verifyParts(
  crypto: Verifier,
  { reading, checks, read, root }: { reading: GoodZip; checks: Checks; read: ReadChain; root: TrustedRoot | undefined },
): Promise<BundleReport> {
  const { chain, caseId } = read
  const { frozen, signatures, release } = chain
  const names = expectedNames(read).filter((name) => !isMadeUp(checks, chain, name))
  for (const name of checks.found.keys()) if (!names.includes(name)) checks.broken(name, 'unexpected')

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
    if (authority.trust === 'other') checks.broken(PART.authority, 'other-authority')
    for (const fault of await recordFaults(crypto, { read, authorityDer, sealing })) checks.broken(fault.part, fault.fault, fault.seq)
    completion = await completionOf(crypto, { caseId, frozen, signatures, release, authorityDer }).catch(() => undefined) // unreadable CMS: named above
    if (completion) {
      for (const part of await determinedParts(crypto, { chain, caseId, authorityDer })) checkBytes(checks, part)
    }
  }
  await checkManifest(crypto, checks, read, reading.files)
  for (const name of names) checks.settle(name)
  // Sound parts in another order, or under checksums that were changed along with nothing, are another archive.
  const reordered = !checks.anyBroken && reading.files.map(({ name }) => name).join() !== names.join()
  if (reordered || reading.damaged.some((name) => checks.isOk(name))) checks.broken('zip', 'archive-changed')

  const text = checks.found.get(PART.text)
  return {
    overall: checks.anyBroken ? 'broken' : authority?.trust === 'given' ? 'valid' : 'consistent-authority-unknown',
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

function archiveFault(reading: { exact: boolean; files: readonly ZipFile[] }): PartFault | undefined {
  if (new Set(reading.files.map(({ name }) => name)).size !== reading.files.length) return 'twice'
  return reading.exact ? undefined : 'archive-changed'
}

/** The certificate of a sealing key that no part of the bundle speaks of but the chain: the key's name was changed there. */
function isMadeUp(checks: Checks, chain: ReadChain['chain'], name: string): boolean {
  const manifest = checks.found.get(PART.manifest)
  const isOfSealingKey = sealingKeys(chain).some((_, i) => sealingCertificateName(i) === name)
  return isOfSealingKey && !checks.found.has(name) && manifest !== undefined && !latin(manifest).includes(`"name": "${name}"`)
}

/** The certificate in this part, if its bytes are those that the chain names. */
async function checkCertificate(crypto: Verifier, checks: Checks, name: string, digest: Digest): Promise<Uint8Array | undefined> {
  const bytes = checks.bytesOf(name)
  if (!bytes) return undefined
  const certificate = fromPem('CERTIFICATE', latin(bytes))
  if (!certificate || !equalBytes(utf8(toPem('CERTIFICATE', certificate)), bytes) || (await digestOf(crypto, certificate)) !== digest) {
    checks.broken(name, 'changed')
    return undefined
  }
  return certificate
}

async function checkDigest(crypto: Verifier, checks: Checks, name: string, digest: Digest | undefined): Promise<void> {
  const bytes = checks.bytesOf(name)
  if (bytes && (await digestOf(crypto, bytes)) !== digest) checks.broken(name, 'changed')
}

async function checkText(crypto: Verifier, checks: Checks, { chain: { frozen } }: ReadChain): Promise<void> {
  const bytes = checks.bytesOf(PART.text)
  if (!bytes) return
  const digest = await sha256(crypto, bytes)
  if (fromHexDigest(hex(digest)) !== frozen.textDigest) checks.broken(PART.text, 'changed')
  else if (parseBlocks(fromUtf8(bytes)) === undefined) checks.broken(PART.text, 'not-canonical')
  else if (textCode(digest) !== frozen.textCode) checks.broken(PART.text, 'other-code')
}

function checkBytes(checks: Checks, { name, bytes }: ZipFile): void {
  const given = checks.bytesOf(name)
  if (given && !equalBytes(given, bytes)) checks.broken(name, 'changed')
}

/** The manifest is made anew from the parts; where it differs only because a part was changed, that part is the broken one. */
async function checkManifest(
  crypto: Verifier,
  checks: Checks,
  { caseId, chain, ...read }: ReadChain,
  files: readonly ZipFile[],
): Promise<void> {
  const given = checks.bytesOf(PART.manifest)
  if (!given) return
  const listed = expectedNames({ caseId, chain, ...read })
    .filter((name) => name !== PART.manifest)
    .flatMap((name) => files.find((file) => file.name === name) ?? [])
  const mine = await manifestJson(crypto, { caseId, chain, files: listed })
  if (equalBytes(utf8(mine), given)) return
  const [mineLines, givenLines] = [mine.split('\n'), latin(given).split('\n')]
  const explained =
    mineLines.length === givenLines.length &&
    mineLines.every((line, i) => line === givenLines[i] || (isDigestLine(line, givenLines[i]) && checks.isBroken(nameAbove(mineLines, i))))
  if (!explained) checks.broken(PART.manifest, 'changed')
}

function isDigestLine(mine: string, given: string | undefined): boolean {
  const pattern = /^ {6}"(?:sha256|digest|size)": (?:"(?:sha-256:)?[0-9a-f]{64}"|\d+,)$/
  return pattern.test(mine) && pattern.test(given ?? '')
}

function nameAbove(lines: readonly string[], at: number): string {
  const line = lines.slice(0, at).findLast((candidate) => candidate.startsWith('      "name": ')) ?? ''
  return /"name": "([^"]*)"/.exec(line)?.[1] ?? ''
}

async function authorityReport(crypto: Verifier, authorityDer: Uint8Array, root: TrustedRoot | undefined): Promise<AuthorityReport> {
  const digest = await sha256(crypto, authorityDer)
  const digits = spokenFingerprint(digest)
  const certificate = tryReadCertificate(authorityDer)
  const name = certificate?.subjectParts.get(OID.commonName) ?? ''
  const known = { name, sha256: hex(digest), digits }
  if (!root) return { trust: 'unknown', ...known }
  const same =
    'certificateDer' in root ? equalBytes(root.certificateDer, authorityDer) : isFingerprint(root.fingerprint, hex(digest), digits)
  const sound = certificate !== undefined && (await isAuthority(crypto, certificate).catch(() => false)) // unreadable extensions: no authority
  return { trust: same && sound ? 'given' : 'other', ...known }
}

function isFingerprint(given: string, hexadecimal: string, digits: string): boolean {
  const plain = given.replace(/[\s:.-]/g, '').toLowerCase()
  return plain === hexadecimal || plain === digits.replaceAll(' ', '')
}

/** Bytes as characters, for text that must be ASCII anyway. */
function latin(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** One verdict for each part; the first fault of a part is the one that is told. */
class Checks {
  readonly found: ReadonlyMap<string, Uint8Array>
  readonly #verdicts = new Map<string, PartReport>()
  constructor(found: ReadonlyMap<string, Uint8Array>) {
    this.found = found
  }

  get parts(): PartReport[] {
    return [...this.#verdicts.values()]
  }
  get anyBroken(): boolean {
    return this.parts.some(({ state }) => state !== 'ok')
  }

  bytesOf(name: string): Uint8Array | undefined {
    const bytes = this.found.get(name)
    if (!bytes) this.broken(name, 'missing')
    return bytes
  }
  isBroken(name: string): boolean {
    return this.#verdicts.get(name)?.state === 'broken'
  }
  isOk(name: string): boolean {
    return this.#verdicts.get(name)?.state === 'ok'
  }
  broken(part: string, fault: PartFault, seq?: number): void {
    if (!this.isBroken(part)) this.#verdicts.set(part, { part, state: 'broken', fault, ...(seq === undefined ? {} : { seq }) })
  }
  ok(part: string): void {
    this.#verdicts.set(part, { part, state: 'ok' })
  }
  unchecked(part: string): void {
    if (!this.#verdicts.has(part)) this.#verdicts.set(part, { part, state: 'unchecked' })
  }
  /** What was looked at and found without fault. */
  settle(part: string): void {
    if (!this.#verdicts.has(part)) this.ok(part)
  }
}
