// What is asked of single files of an archive, whatever it is an archive of: the bytes that were sealed, the certificates that were named.
import { equalBytes, hex, latin, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { visibleLines, visibleText } from '#shared/kernel/text/visible-text.ts'
import { isAuthority, tryReadCertificate } from '../cms/certificate-check.ts'
import { OID } from '../cms/oids.ts'
import { type Digest, digestOf } from '../named-digest.ts'
import { spokenFingerprint } from '../spoken-fingerprint.ts'
import type { Verifier } from '../web-crypto.ts'
import type { Checks } from './checks.ts'
import { fromPem, toPem } from './pem.ts'
import type { AuthorityReport, BundleReport, Overall, TrustedRoot } from './report.ts'
import type { ZipFile } from './stored-zip.ts'

/** No certificate is ever so large: what is larger is not read as one. */
const MAX_PEM_BYTES = 100_000

/** The certificate in this part, if its bytes are those that the chain names. */
export async function checkCertificate(crypto: Verifier, checks: Checks, name: string, digest: Digest): Promise<Uint8Array | undefined> {
  const bytes = checks.bytesOf(name)
  if (!bytes) return undefined
  const certificate = bytes.length > MAX_PEM_BYTES ? undefined : fromPem('CERTIFICATE', latin(bytes))
  if (!certificate || !equalBytes(utf8(toPem('CERTIFICATE', certificate)), bytes) || (await digestOf(crypto, certificate)) !== digest) {
    checks.broken(name, 'changed')
    return undefined
  }
  return certificate
}

export async function checkDigest(crypto: Verifier, checks: Checks, name: string, digest: Digest | undefined): Promise<void> {
  const bytes = checks.bytesOf(name)
  if (bytes && (await digestOf(crypto, bytes)) !== digest) checks.broken(name, 'changed')
}

export function checkBytes(checks: Checks, { name, bytes }: ZipFile): void {
  const given = checks.bytesOf(name)
  if (given && !equalBytes(given, bytes)) checks.broken(name, 'changed')
}

export function overallOf(checks: Checks, authority: AuthorityReport | undefined): Overall {
  if (checks.anyBroken) return 'broken'
  if (!checks.allOk) return 'not-whole'
  switch (authority?.trust) {
    case 'given':
      return 'valid'
    case 'other':
      return 'other-authority'
    default:
      return 'consistent-authority-unknown'
  }
}

export async function authorityReport(crypto: Verifier, authorityDer: Uint8Array, root: TrustedRoot | undefined): Promise<AuthorityReport> {
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

/** Names and words of a file that anybody may have made: none of them moves a cursor, colours a line or turns it around. */
export function shown({ text, ...report }: BundleReport): BundleReport {
  return { ...visibleWords(report), ...(text === undefined ? {} : { text: visibleLines(text) }) }
}

function visibleWords<T>(value: T): T
function visibleWords(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value)
  if (Array.isArray(value)) return value.map(visibleWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, visibleWords(each)]))
}
