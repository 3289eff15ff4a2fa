// Takes a detached CMS apart. More signers, more certificates, unsigned attributes or content inside have names of their own,
// because people ask what is wrong; whether the rest is as we build it is decided by building it again.
import { concat } from '#shared/kernel/bytes.ts'
import type { Bytes } from '#shared/kernel/digest.ts'
import { TAG } from './der.ts'
import { DerError, DerReader, type Element, oidText, readDer } from './der-reader.ts'
import { signatureFromDer } from './ecdsa.ts'
import { OID } from './oids.ts'

export interface ReadCms {
  readonly certificateDer: Bytes
  /** As a SET OF, the bytes that were signed. */
  readonly attributes: Bytes
  readonly attributeValues: ReadonlyMap<string, Element>
  /** r‖s */
  readonly signature: Bytes
}

export type CmsShapeFault = 'malformed' | 'content-inside' | 'not-one-certificate' | 'not-one-signer' | 'unsigned-attributes'

export function readCms(bytes: Uint8Array): ReadCms | CmsShapeFault {
  try {
    return read(bytes)
  } catch {
    return 'malformed' // DER that cannot be read: there is nothing finer to say
  }
}

function read(bytes: Uint8Array): ReadCms | CmsShapeFault {
  const info = readDer(bytes, TAG.sequence)
  if (oidText(info.next(TAG.oid).content) !== OID.signedData) return 'malformed'
  const signedData = info.inside(0xa0).inside(TAG.sequence)
  info.end()
  signedData.next(TAG.integer)
  signedData.next(TAG.set)
  const content = signedData.inside(TAG.sequence)
  content.next(TAG.oid)
  if (!content.ended) return 'content-inside'
  const certificates = signedData.peek() === 0xa0 ? new DerReader(signedData.next(0xa0).content).all() : []
  const [certificate] = certificates
  if (certificates.length !== 1 || !certificate) return 'not-one-certificate'
  const signers = signedData.inside(TAG.set).all()
  const [signer] = signers
  if (signers.length !== 1 || !signer) return 'not-one-signer'
  signedData.end()
  const fields = readDer(signer.raw, TAG.sequence)
  fields.next(TAG.integer)
  fields.next(TAG.sequence)
  fields.next(TAG.sequence)
  const attributes = fields.next(0xa0)
  fields.next(TAG.sequence)
  const signature = signatureFromDer(fields.next(TAG.octetString).content)
  if (!fields.ended) return 'unsigned-attributes'
  return {
    certificateDer: certificate.raw,
    attributes: concat(Uint8Array.of(TAG.set), attributes.raw.subarray(1)),
    attributeValues: readAttributes(attributes.content),
    signature,
  }
}

function readAttributes(content: Uint8Array): Map<string, Element> {
  const values = new Map<string, Element>()
  for (const { raw } of new DerReader(content).all()) {
    const attribute = readDer(raw, TAG.sequence)
    const type = oidText(attribute.next(TAG.oid).content)
    const [value, ...more] = attribute.inside(TAG.set).all()
    attribute.end()
    if (!value || more.length > 0 || values.has(type)) throw new DerError('attribute')
    values.set(type, value)
  }
  return values
}
