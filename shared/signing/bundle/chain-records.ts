// The sealed records out of a chain's events: which event carries which, read by its own definition.
import { readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { releaseSealed, signatureSealed, versionSealed } from '../chain-protocol.ts'
import { frozenFrom1, releaseFrom1, signatureFrom1 } from '../first-records.ts'
import { isUnknownScheme, SEAL_SCHEMES, SIGNATURE_SCHEMES } from '../schemes.ts'
import type { FrozenRecord, ReleaseRecord, SignatureRecord } from '../sealed-records.ts'
import { member } from './chain-file.ts'
import { openingLength } from './chain-opening.ts'

export type ChainRecord = FrozenRecord | SignatureRecord | ReleaseRecord

export interface RecordAt {
  readonly seq: number
  readonly record: ChainRecord
}

export interface FoundRecords {
  readonly records: readonly RecordAt[]
  /** Events without a record: who entered, which version was frozen. */
  readonly others: readonly WireEvent[]
}

interface NoRecord {
  readonly problem: 'not-the-signers-chain' | 'newer-format' | 'unknown-scheme'
  readonly seq: number
}

/** In the first format an event's type is under no seal: what follows the opening must be records, by what they themselves say. */
export function recordsInFirst(events: readonly WireEvent[]): FoundRecords | NoRecord {
  const opening = openingLength(events)
  const records: RecordAt[] = []
  for (const { body, seq } of events.slice(opening)) {
    const record = parseFirst(plainJson(body))
    if (!record) return { problem: 'not-the-signers-chain', seq }
    records.push({ seq, record })
  }
  return { records, others: events.slice(0, opening) }
}

/** Since the second, types and versions are sealed with the chain: each record is read as its event says. */
export function recordsIn(events: readonly WireEvent[]): FoundRecords | NoRecord {
  const records: RecordAt[] = []
  const others: WireEvent[] = []
  for (const event of events) {
    const definition = [versionSealed, signatureSealed, releaseSealed].find(({ name }) => name === event.type)
    if (!definition) {
      others.push(event)
      continue
    }
    const { seq, version } = event
    if (version > definition.version) return { problem: 'newer-format', seq }
    const value = plainJson(event.body)
    if (namesUnknownScheme(value)) return { problem: 'unknown-scheme', seq }
    const record = attempt(() => readBody<ChainRecord>(definition, version, value))
    if (!record) return { problem: 'not-the-signers-chain', seq }
    records.push({ seq, record })
  }
  return { records, others }
}

function namesUnknownScheme(record: unknown): boolean {
  return (
    isUnknownScheme(member(record, 'scheme'), SIGNATURE_SCHEMES) || isUnknownScheme(member(member(record, 'seal'), 'scheme'), SEAL_SCHEMES)
  )
}

function parseFirst(value: unknown): ChainRecord | undefined {
  switch (member(value, 'record')) {
    case 'frozen':
      return attempt(() => frozenFrom1(value))
    case 'signature':
      return attempt(() => signatureFrom1(value))
    case 'release':
      return attempt(() => releaseFrom1(value))
    default:
      return undefined
  }
}

/** Seals are over what the JSON means; only its plainest writing is taken, so that nothing hides in a doubled key or in white space. */
function plainJson(body: string | null): unknown {
  const value = attempt<unknown>(() => JSON.parse(body ?? ''))
  return JSON.stringify(value) === body ? value : undefined
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined // not what it should be: the caller names the event
  }
}
