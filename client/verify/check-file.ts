// Checks a chosen file in this browser: read, verified, answered. Nothing leaves the device.

import { fromPem } from '#shared/signing/bundle/pem.ts'
import type { BundleReport, TrustedRoot } from '#shared/signing/bundle/report.ts'
import { tryReadCertificate } from '#shared/signing/cms/certificate-check.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'

/** Far above any bundle: what is larger is none, and is not read into a phone's memory. */
export const MAX_FILE_BYTES = 40 * 1024 * 1024

export interface ChosenFile {
  readonly name: string
  readonly size: number
  readonly bytes: Uint8Array
}

export async function chosenFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<ChosenFile> {
  const { name, size } = file
  return { name, size, bytes: size > MAX_FILE_BYTES ? new Uint8Array() : new Uint8Array(await file.arrayBuffer()) }
}

export function checkFile(crypto: Verifier, { bytes, size }: ChosenFile, root: TrustedRoot | undefined): Promise<BundleReport> {
  if (size > MAX_FILE_BYTES) return Promise.resolve({ overall: 'broken', parts: [{ part: 'zip', state: 'broken', fault: 'too-large' }] })
  return verifyBundle(crypto, bytes, root)
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
