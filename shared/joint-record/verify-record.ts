// Verifies a joint record anywhere, without network and without us: the chain by its hashes, the statement by the installation's seal, the
// other files by the digests in it. The authority is believed only if it came from elsewhere.
import { sha256 } from '#shared/kernel/digest.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { authorityReport, checkCertificate, checkDigest, overallOf, shown } from '#shared/signing/bundle/check-files.ts'
import { Checks } from '#shared/signing/bundle/checks.ts'
import type { Archive } from '#shared/signing/bundle/read-archive.ts'
import type { AuthorityReport, BundleReport, TrustedRoot } from '#shared/signing/bundle/report.ts'
import type { ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { heldSealFault } from '#shared/signing/bundle/verify-records.ts'
import { isAuthority, tryReadCertificate } from '#shared/signing/cms/certificate-check.ts'
import { fromEventHash } from '#shared/signing/named-digest.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import { parseRecordFile, RECORD_PART, type RecordFile } from './record-file.ts'

type GoodArchive = Extract<Archive, { ok: true }>

const NAMES: readonly string[] = Object.values(RECORD_PART)
/** A long case in words alone is a tenth of it. */
const MAX_RECORD_BYTES = 48 * 1024 * 1024

/** Whether somebody brought a joint record, or what is left of one. */
export function holdsRecord(files: readonly ZipFile[]): boolean {
  return files.some(({ name }) => name === RECORD_PART.record || name === RECORD_PART.pdf)
}

export async function verifyRecord(crypto: Verifier, archive: GoodArchive, root?: TrustedRoot): Promise<BundleReport> {
  const { state, files, damaged } = archive
  const found = new Map<string, Uint8Array>()
  for (const { name, bytes } of files) if (!found.has(name)) found.set(name, bytes)
  const checks = new Checks(found)
  if (found.size !== files.length) checks.broken('zip', 'twice')
  else if (state === 'exact') checks.ok('zip')
  else checks.notWhole('zip', state === 'changed' ? 'archive-changed' : state)
  for (const name of damaged) checks.broken(name, 'changed')
  const bytes = checks.bytesOf(RECORD_PART.record)
  if (!bytes) return unread(checks)
  const read = bytes.length > MAX_RECORD_BYTES ? 'unreadable' : parseRecordFile(bytes)
  if (read === 'newer-format') return newer(checks)
  if (read === 'unreadable') {
    checks.broken(RECORD_PART.record, 'changed')
    return unread(checks)
  }
  for (const name of found.keys()) if (!NAMES.includes(name)) checks.notWhole(name, 'unexpected')
  await checkChain(crypto, checks, read)
  const authority = await checkSeal(crypto, checks, { read, root })
  for (const name of [RECORD_PART.readme, RECORD_PART.pdf] as const) await checkDigest(crypto, checks, name, read.statement.parts[name])
  for (const name of NAMES) checks.settle(name)
  if (checks.allOk && files.map(({ name }) => name).join() !== NAMES.join()) checks.otherArchive()
  const { title, exportedAt, closedAt, people } = read.statement
  return shown({
    overall: overallOf(checks, authority),
    parts: checks.parts,
    ...(authority ? { authority } : {}),
    jointRecord: { title, exportedAt, ...(closedAt === undefined ? {} : { closedAt }), people, entries: read.events.length },
  })
}

async function checkChain(crypto: Verifier, checks: Checks, { statement, events }: RecordFile): Promise<void> {
  const { head, caseId } = statement
  const last = events.at(-1)
  const fault = await verifyChain(events, (data) => sha256(crypto, data))
  if (fault) checks.broken(RECORD_PART.record, 'changed', fault.seq)
  else if (last?.caseId !== caseId || head.seq !== last.seq || head.digest !== fromEventHash(last.hash))
    checks.broken(RECORD_PART.record, 'changed', events.length)
}

async function checkSeal(
  crypto: Verifier,
  checks: Checks,
  { read: { statement, seal }, root }: { read: RecordFile; root: TrustedRoot | undefined },
): Promise<AuthorityReport | undefined> {
  const authorityDer = await checkCertificate(crypto, checks, RECORD_PART.authority, statement.authority)
  const sealingDer = await checkCertificate(crypto, checks, RECORD_PART.sealing, seal.key)
  if (!authorityDer) return undefined
  const authority = tryReadCertificate(authorityDer)
  // An unreadable extension makes none.
  if (!authority || !(await isAuthority(crypto, authority).catch(() => false))) {
    checks.broken(RECORD_PART.authority, 'certificate:not-an-authority')
    return undefined
  }
  if (sealingDer) {
    const sealed = { caseId: statement.caseId, kind: 'joint-record', payload: statement, seal } as const
    const fault = await heldSealFault(crypto, { der: sealingDer, authority, sealed })
    if (fault) checks.broken(fault === 'seal' ? RECORD_PART.record : RECORD_PART.sealing, fault)
    if (seal.at < statement.exportedAt) checks.broken(RECORD_PART.record, 'seal')
  }
  return authorityReport(crypto, authorityDer, root)
}

/** Without it nothing of a record can be told. */
function unread(checks: Checks): BundleReport {
  for (const name of checks.found.keys()) checks.unchecked(name)
  return shown({ overall: checks.anyBroken ? 'broken' : 'not-whole', parts: checks.parts })
}

function newer(checks: Checks): BundleReport {
  const parts = [...checks.found.keys()].map(
    (part) => ({ part, state: 'unchecked', ...(part === RECORD_PART.record ? { fault: 'newer-format' as const } : {}) }) as const,
  )
  return shown({ overall: 'unsupported', parts })
}
