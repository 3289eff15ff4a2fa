// X.509, read as far as a signature of ours needs; what it means is checked in certificate-check.ts.
import { fromUtf8, hex } from '#shared/kernel/bytes.ts'
import type { Bytes } from '#shared/kernel/digest.ts'
import { TAG } from './der.ts'
import { DerError, DerReader, oidText, readDer, timeValue } from './der-reader.ts'

export interface Certificate {
  readonly raw: Bytes
  readonly signedPart: Bytes
  readonly signatureAlgorithm: string
  readonly signature: Bytes
  /** Hexadecimal. */
  readonly serialNumber: string
  readonly serialElement: Bytes
  readonly issuer: Bytes
  readonly subject: Bytes
  /** Values of the subject by type, the first of each. */
  readonly subjectParts: ReadonlyMap<string, string>
  readonly notBefore: number
  readonly notAfter: number
  readonly spki: Bytes
  readonly extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: Bytes }>
}

/** Throws DerError or TypeError on bytes that are no certificate. */
export function readCertificate(bytes: Uint8Array): Certificate {
  const outer = readDer(bytes, TAG.sequence)
  const signedPart = outer.next(TAG.sequence)
  const algorithm = oidText(outer.inside(TAG.sequence).next(TAG.oid).content)
  const signature = outer.next(TAG.bitString).content
  outer.end()
  const tbs = new DerReader(signedPart.content)
  const version = new DerReader(tbs.next(0xa0).content).next(TAG.integer).content
  if (version.length !== 1 || version[0] !== 2) throw new DerError('not X.509 version 3')
  const serial = tbs.next(TAG.integer)
  if (oidText(tbs.inside(TAG.sequence).next(TAG.oid).content) !== algorithm) throw new DerError('two algorithms')
  const issuer = tbs.next(TAG.sequence).raw
  const validity = tbs.inside(TAG.sequence)
  const [notBefore, notAfter] = [timeValue(validity.next()), timeValue(validity.next())]
  const subject = tbs.next(TAG.sequence)
  const spki = tbs.next(TAG.sequence).raw
  const extensions = readExtensions(tbs.inside(0xa3).inside(TAG.sequence))
  tbs.end()
  if (signature[0] !== 0) throw new DerError('signature bits')
  return {
    raw: new Uint8Array(bytes),
    signedPart: signedPart.raw,
    signatureAlgorithm: algorithm,
    signature: signature.slice(1),
    serialNumber: hex(serial.content),
    serialElement: serial.raw,
    issuer,
    subject: subject.raw,
    subjectParts: readName(subject.content),
    notBefore,
    notAfter,
    spki,
    extensions,
  }
}

function readExtensions(list: DerReader): Certificate['extensions'] {
  const extensions = new Map<string, { critical: boolean; value: Bytes }>()
  while (!list.ended) {
    const extension = list.inside(TAG.sequence)
    const type = oidText(extension.next(TAG.oid).content)
    const critical = extension.peek() === TAG.boolean && extension.next(TAG.boolean).content[0] === 0xff
    if (extensions.has(type)) throw new DerError('an extension twice')
    extensions.set(type, { critical, value: extension.next(TAG.octetString).content })
    extension.end()
  }
  return extensions
}

function readName(content: Uint8Array): Map<string, string> {
  const parts = new Map<string, string>()
  for (const relative of new DerReader(content).all()) {
    const pair = new DerReader(relative.content).inside(TAG.sequence)
    const type = oidText(pair.next(TAG.oid).content)
    if (!parts.has(type)) parts.set(type, fromUtf8(pair.next().content))
  }
  return parts
}
