// Checks what somebody chose in this browser: read, verified, answered. Nothing of it leaves the device.

import { verifyFile } from '#shared/joint-record/verify-file.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import type { BundleReport, TrustedRoot } from '#shared/signing/bundle/report.ts'
import type { ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { tryReadCertificate } from '#shared/signing/cms/certificate-check.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'

/** Far above any bundle: what is larger is none, and is not read into a phone's memory. */
export const MAX_FILE_BYTES = 40 * 1024 * 1024

/** One file as it is, or the files of a folder under their paths. */
export type Chosen =
  | { readonly kind: 'file'; readonly name: string; readonly size: number; readonly bytes: Uint8Array }
  | { readonly kind: 'folder'; readonly size: number; readonly files: readonly ZipFile[] }

/** A file of a folder before it is read. */
export interface PathFile {
  readonly path: string
  readonly file: Pick<File, 'size' | 'arrayBuffer'>
}

/** What a field for files was given: one file, several of them, or a folder with all that is in it. */
export function chosenFrom(files: Iterable<File>): Promise<Chosen> | undefined {
  const [first, ...more] = files
  if (!first) return undefined
  if (more.length === 0 && !first.webkitRelativePath) return chosenFile(first)
  return chosenFolder([first, ...more].map((file) => ({ path: file.webkitRelativePath || file.name, file })))
}

export async function chosenFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<Chosen> {
  const { name, size } = file
  return { kind: 'file', name, size, bytes: size > MAX_FILE_BYTES ? new Uint8Array() : await bytesOf(file) }
}

export async function chosenFolder(found: readonly PathFile[]): Promise<Chosen> {
  const size = found.reduce((sum, { file }) => sum + file.size, 0)
  if (size > MAX_FILE_BYTES) return { kind: 'folder', size, files: [] }
  const files = await Promise.all(found.map(async ({ path, file }) => ({ name: path, bytes: await bytesOf(file) })))
  return { kind: 'folder', size, files }
}

/** Whom the reader trusts: an authority that they named, before the one of the installation whose page this is. */
interface Roots {
  readonly typed: TrustedRoot | undefined
  readonly own: { readonly sha256: string } | undefined
}

export interface Checked {
  readonly report: BundleReport
  /** The installation whose page this is stands behind it: nobody had to enter anything. */
  readonly isOwn: boolean
}

export async function checkFile(crypto: Verifier, chosen: Chosen, { typed, own }: Roots): Promise<Checked> {
  if (chosen.size > MAX_FILE_BYTES)
    return { report: { overall: 'no-bundle', parts: [{ part: 'zip', state: 'unchecked', fault: 'too-large' }] }, isOwn: false }
  const verify = (root?: TrustedRoot) => verifyFile(crypto, chosen, root)
  if (typed) return { report: await verify(typed), isOwn: false }
  const report = await verify()
  // Another installation's file is no fault: only where the authority is the own one is it asked for again under it.
  if (!own || report.authority?.sha256 !== own.sha256) return { report, isOwn: false }
  return { report: await verify({ fingerprint: own.sha256 }), isOwn: true }
}

/** The certificate in a PEM file; undefined for anything else. */
export async function certificateIn(file: Pick<File, 'size' | 'text'>): Promise<Uint8Array | undefined> {
  if (file.size > 100_000) return undefined
  const der = fromPem('CERTIFICATE', (await file.text()).replaceAll('\r', ''))
  return der && tryReadCertificate(der) ? der : undefined
}

/** What was typed as a control code, once it is long enough to be one: 32 digits or 64 hexadecimal ones. */
export function typedRoot(text: string): TrustedRoot | undefined {
  const plain = text.replace(/[\s:.-]/g, '')
  return /^(?:\d{32}|[0-9a-fA-F]{64})$/.test(plain) ? { fingerprint: text } : undefined
}

async function bytesOf(file: Pick<File, 'arrayBuffer'>): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer())
}
