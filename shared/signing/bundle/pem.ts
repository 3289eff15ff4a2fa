// PEM, written and read in one form only: 64 characters a line, a line feed at the end.
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'

export function toPem(label: string, der: Uint8Array): string {
  const lines = base64(der).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** The first block of this label in any usual layout; undefined without one. */
export function fromPem(label: string, text: string): Uint8Array<ArrayBuffer> | undefined {
  const body = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text)?.[1]
  try {
    return body === undefined ? undefined : fromBase64(body.replace(/\s/g, ''))
  } catch {
    return undefined // not base64 between the lines
  }
}
