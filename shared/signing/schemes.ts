// How a signature or a seal was made. A closed list: national schemes are added here, each with its verifier (verifiers.ts).
import * as z from 'zod/mini'

/** The service signature of this platform: ECDSA over P-256 with SHA-256, a one-time key, a detached CMS (CAdES-BES). */
export const SERVICE_SCHEME = 'bitim-p256-cms/1'

export const SIGNATURE_SCHEMES = [SERVICE_SCHEME] as const
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number]

export const signatureSchemeField = z.enum(SIGNATURE_SCHEMES)

/** What a seal of the installation is over, and how that is written: the first over records in their first format, with bare digests. */
export const SEAL_SCHEMES = ['bitim-seal/1', 'bitim-seal/2'] as const
export type SealScheme = (typeof SEAL_SCHEMES)[number]
/** What this release seals with. */
export const SEAL_SCHEME = 'bitim-seal/2'

/** A name that stands where a scheme should, and is none that this release knows: made by a newer one, or by somebody else. */
export function isUnknownScheme(name: unknown, known: readonly string[]): boolean {
  return typeof name === 'string' && !known.includes(name)
}
