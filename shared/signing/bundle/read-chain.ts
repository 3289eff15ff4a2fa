// chain.json to its sealed records: frozen, one signature for each signer with the mediators last, the release, and since the second format
// the closing over the whole chain; nothing else.
import { signersAudience } from '#shared/kernel/audience.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import { type ChainFault, verifyChain } from '#shared/log/verify-chain.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { fromEventHash } from '../named-digest.ts'
import type { BundleFormat } from '../sealed-records.ts'
import { type ChainFile, isPlainFile, parseChainFile } from './chain-file.ts'
import { otherVersion, strayOpening } from './chain-opening.ts'
import { type FoundRecords, type RecordAt, recordsIn, recordsInFirst } from './chain-records.ts'
import type { SignedChain } from './parts.ts'

export type ChainProblem =
  | ChainFault['fault']
  | 'unreadable'
  | 'not-the-signers-chain'
  | 'incomplete'
  | 'out-of-order'
  | 'other-head' // closed over another chain than this
  | 'newer-format'
  | 'unknown-scheme'

export interface ReadChain {
  readonly format: BundleFormat
  readonly events: readonly WireEvent[]
  readonly caseId: string
  readonly chain: SignedChain
  /** seq of the events that carry the records, in the order of the chain. */
  readonly places: readonly number[]
}

interface Problem {
  readonly problem: ChainProblem
  readonly seq?: number
}

/** The chain, or what is wrong with it and at which event. */
export async function readChain(crypto: Digester, bytes: Uint8Array): Promise<ReadChain | Problem> {
  const file = parseChainFile(bytes)
  if (typeof file === 'string') return { problem: file }
  const broken = await verifyChain(file.events, (data) => sha256(crypto, data))
  if (broken) return { problem: broken.fault, seq: broken.seq }
  // The file's own layout is checked after the chain, so that a changed event is named first.
  if (!isPlainFile(file, bytes)) return { problem: 'unreadable' }
  const found = file.format === 1 ? recordsInFirst(file.events) : recordsIn(file.events)
  if ('problem' in found) return found
  const [frozen] = found.records
  if (frozen?.record.record !== 'frozen') return { problem: 'incomplete' }
  const stray = file.format === 1 ? strayOpening(found.others, frozen.record) : otherVersion(found.others, frozen.record)
  return stray === undefined ? inOrder(file, found) : { problem: 'not-the-signers-chain', seq: stray }
}

function inOrder(file: ChainFile, { records }: FoundRecords): ReadChain | Problem {
  const [first] = file.events
  const frozen = records[0]?.record
  const release = records.at(-1)?.record
  if (!first || frozen?.record !== 'frozen' || release?.record !== 'release') return { problem: 'incomplete' }
  const signatures = records.slice(1, -1).flatMap(({ record }) => (record.record === 'signature' ? [record] : []))
  if (signatures.length !== records.length - 2) return { problem: 'not-the-signers-chain' }
  const chain: SignedChain = { frozen, signatures, release, closing: file.closing }
  const problem = placeProblem(file, chain, records) ?? signersProblem(chain) ?? timesProblem(chain)
  if (problem) return { problem }
  return { format: file.format, events: file.events, caseId: first.caseId, chain, places: records.map(({ seq }) => seq) }
}

/** One version of one audience throughout; in the format that was released; closed at its last event, the release. */
function placeProblem({ format, events }: ChainFile, chain: SignedChain, records: readonly RecordAt[]): ChainProblem | undefined {
  const { frozen, signatures, release, closing } = chain
  const named = [...signatures, release, ...(closing ? [closing] : [])]
  if (events[0]?.audience !== signersAudience(frozen.versionId)) return 'not-the-signers-chain'
  if (named.some(({ versionId }) => versionId !== frozen.versionId)) return 'not-the-signers-chain'
  // A release says under its seal which format it releases: a newer bundle cannot be passed off as an older one, which proves less.
  const sealedAs = release.seal.scheme === 'bitim-seal/1' ? 1 : 2
  if (release.bundleFormat !== format || sealedAs !== format) return 'not-the-signers-chain'
  if (!closing) return undefined
  const last = events.at(-1)
  const closed = records.at(-1)?.seq === last?.seq && last?.seq === closing.head.m && fromEventHash(last.hash) === closing.head.digest
  return closed ? undefined : 'other-head'
}

function signersProblem({ frozen, signatures }: SignedChain): ChainProblem | undefined {
  const roles = signatures.map(({ participantId }) => frozen.signers.find((signer) => signer.participantId === participantId)?.role)
  const everybody = new Set(signatures.map(({ participantId }) => participantId))
  if (everybody.size !== frozen.signers.length || signatures.length !== frozen.signers.length || roles.includes(undefined))
    return 'incomplete'
  return roles.indexOf('mediator') === roles.findLastIndex((role) => role !== 'mediator') + 1 ? undefined : 'out-of-order'
}

function timesProblem({ frozen, signatures, release, closing }: SignedChain): ChainProblem | undefined {
  const times = signatures.map(({ signedAt }) => signedAt)
  if (times.some((time) => time < frozen.frozenAt)) return 'out-of-order'
  if (release.releasedAt < Math.max(frozen.frozenAt, ...times)) return 'out-of-order'
  return closing && closing.seal.at < release.releasedAt ? 'out-of-order' : undefined
}
