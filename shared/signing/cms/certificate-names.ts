// What a certificate's subject says of a signer, within the bounds and alphabets of X.520 (RFC 5280, appendix A): other programs refuse, cut
// or misread what is longer. The sealed record always holds the whole names; a verifier makes these from it again.
import type { Signer } from '../chain-fields.ts'

/** Characters, not bytes: of a common name, an organisation, a serial number. */
export const UPPER_BOUND = 64

export interface SubjectNames {
  readonly commonName: string
  /** The whole name, where the common name had to be shortened. */
  readonly wholeName?: string
  /** The side, as the case calls it; a mediator has none. */
  readonly organization?: string
  /** The participant's id in letters that a PrintableString has: base64 for base64url, and so one for each id. */
  readonly serialNumber: string
}

export function subjectNames({
  participantId,
  name,
  side,
}: Pick<Signer, 'name' | 'side'> & { readonly participantId: string }): SubjectNames {
  const commonName = withinBound(name)
  return {
    commonName,
    ...(commonName === name ? {} : { wholeName: name }),
    ...(side === undefined ? {} : { organization: withinBound(side) }),
    serialNumber: participantId.replaceAll('-', '+').replaceAll('_', '/'),
  }
}

/** The text, or as much of its beginning as leaves room for the mark that something is missing. */
export function withinBound(text: string): string {
  const characters = [...text]
  return characters.length <= UPPER_BOUND
    ? text
    : `${characters
        .slice(0, UPPER_BOUND - 1)
        .join('')
        .trimEnd()}…`
}
