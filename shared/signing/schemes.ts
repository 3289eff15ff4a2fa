// How a signature was made. A closed list: national schemes are added here, each with its verifier (verifiers.ts).
import * as z from 'zod/mini'

/** The service signature of this platform: ECDSA over P-256 with SHA-256, a one-time key, a detached CMS (CAdES-BES). */
export const SERVICE_SCHEME = 'bitim-p256-cms/1'

export const SIGNATURE_SCHEMES = [SERVICE_SCHEME] as const
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number]

export const signatureSchemeField = z.enum(SIGNATURE_SCHEMES)

/** A name that stands where a scheme should, and is none that this release knows: made by a newer one, or by somebody else. */
export function isUnknownScheme(name: unknown, known: readonly string[]): boolean {
  return typeof name === 'string' && !known.includes(name)
}
