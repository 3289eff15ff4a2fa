// What a verifier answers, for screens and terminals to put into words.

import type { CertificateFault } from '../cms/certificate-check.ts'
import type { SignatureFault } from '../cms/verify-signature.ts'
import type { BundleFormat } from '../sealed-records.ts'
import type { Completion } from './completion.ts'
import type { ChainProblem } from './read-chain.ts'

/**
 * 'consistent-authority-unknown' is amber: everything fits together, and nobody vouches for the names.
 * 'other-authority': everything fits together, under another authority than the one that was asked for; nothing of it was changed.
 * 'not-whole': nothing of it was changed, but it is not the file as it was given out (packed again, unpacked, cut off, one of its parts).
 * 'no-bundle': another file altogether. 'broken': something in it is not what was sealed or signed; the only answer that is red.
 * 'unsupported': of a newer format or a scheme that this verifier does not know, and so neither found good nor broken.
 */
export type Overall = 'valid' | 'consistent-authority-unknown' | 'other-authority' | 'not-whole' | 'no-bundle' | 'unsupported' | 'broken'

/** What even a valid bundle of its format does not prove: times, authors and kinds of the chain's events are under no seal in the first. */
export type NotCovered = 'chain-headers'

export type PartFault =
  | 'not-a-zip' // the archive itself
  | 'web-page' // a page that a browser saved
  | 'other-archive' // an archive, or several files, with none of our parts
  | 'too-large'
  | NotWhole
  | 'twice'
  | 'changed' // not the bytes whose digest was sealed or signed
  | 'not-canonical' // a text that is none of ours
  | 'other-code'
  | 'seal'
  | `chain:${Exclude<ChainProblem, 'newer-format' | 'unknown-scheme'>}`
  | `signature:${SignatureFault}`
  | `certificate:${CertificateFault}`
  | 'other-name'
  | 'newer-format' // made by a newer release
  | 'unknown-scheme' // signed or sealed in a way that this verifier does not know

/** Why a file is not the whole of what was given out, though nothing of it was changed. */
export type NotWhole =
  | 'archive-changed' // bytes outside the files, order, names, checksums
  | 'repacked' // by another program
  | 'folder' // unpacked
  | 'cut-off'
  | 'packed-otherwise' // with a password, or in a way that this verifier does not read
  | 'bundle-inside' // an archive around the file
  | 'several-bundles' // more than one agreement, and nobody can say which is meant
  | 'pdf-alone'
  | 'text-alone'
  | 'part-alone' // another part
  | 'missing'
  | 'unexpected'

export interface PartReport {
  /** A file's name in the bundle; 'zip' for the archive itself. */
  readonly part: string
  readonly state: 'ok' | 'broken' | 'not-whole' | 'unchecked'
  readonly fault?: PartFault
  /** The event of the chain. */
  readonly seq?: number
}

export interface AuthorityReport {
  /** 'given': the verifier was handed this very authority, or its fingerprint, from elsewhere. */
  readonly trust: 'given' | 'unknown' | 'other'
  /** As the certificate claims. */
  readonly name: string
  readonly sha256: string
  /** For comparing by ear and eye with what is printed or published. */
  readonly digits: string
}

/** What a joint record says of itself; with overall 'broken' not to be shown as true. Times in milliseconds. */
export interface JointRecordFacts {
  readonly title: string
  readonly exportedAt: number
  readonly closedAt?: number
  readonly people: readonly { readonly name: string; readonly role: string; readonly side?: string | undefined }[]
  /** Events of its chain. */
  readonly entries: number
}

/** Every text in it may be shown: what a screen or a terminal would take for a command stands there as `\u{1b}`. */
export interface BundleReport {
  readonly overall: Overall
  /** Of a bundle whose chain could be read. */
  readonly format?: BundleFormat
  readonly notCovered?: readonly NotCovered[]
  readonly parts: readonly PartReport[]
  readonly authority?: AuthorityReport
  /** What the sealed records say; with overall 'broken' not to be shown as true. */
  readonly completion?: Completion
  /** Of a joint record, in place of an agreement. */
  readonly jointRecord?: JointRecordFacts
  readonly text?: string
}

/** The authority as somebody got it elsewhere: its certificate, or a fingerprint (64 hexadecimal or 32 decimal digits, any grouping). */
export type TrustedRoot = { readonly certificateDer: Uint8Array } | { readonly fingerprint: string }
