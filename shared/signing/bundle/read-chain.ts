// chain.json to the three kinds of sealed records: frozen, one signature for each signer with the mediators last, the release; nothing else.
import * as z from 'zod/mini'
import { signersAudience } from '#shared/kernel/audience.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import { type ChainFault, verifyChain } from '#shared/log/verify-chain.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { type SealedRecord, sealedRecord } from '../sealed-records.ts'
import { openingLength, strayOpening } from './chain-opening.ts'
import { chainJson, isPlainlyWritten, type SignedChain } from './parts.ts'

export type ChainProblem = ChainFault['fault'] | 'unreadable' | 'not-the-signers-chain' | 'incomplete' | 'out-of-order'

export interface ReadChain {
  readonly events: readonly WireEvent[]
  readonly caseId: string
  readonly chain: SignedChain
  /** m of the frozen version's record; the others follow one by one. */
  readonly firstRecord: number
}

const text = z.string().check(z.maxLength(200_000))
const number = z.int().check(z.minimum(0))
const wireEvent = z.strictObject({
  caseId: text,
  audience: text,
  epoch: number,
  m: number,
  type: text,
  version: number,
  by: text,
  at: number,
  seen: text,
  body: text,
  salt: text,
  bodyDigest: text,
  previous: text,
  hash: text,
})
const chainFile = z.strictObject({ format: z.literal('bitim-chain/1'), events: z.array(wireEvent).check(z.maxLength(100)) })

/** The chain, or what is wrong with it and at which event. */
export async function readChain(
  crypto: Digester,
  bytes: Uint8Array,
): Promise<ReadChain | { readonly problem: ChainProblem; readonly m?: number }> {
  const events = parseEvents(bytes)
  if (!events) return { problem: 'unreadable' }
  const broken = await verifyChain(events, (data) => sha256(crypto, data))
  if (broken) return { problem: broken.fault, m: broken.m }
  // The file's own layout is checked after the chain, so that a changed event is named first.
  if (!events.every(isPlainlyWritten) || chainJson(events) !== decode(bytes)) return { problem: 'unreadable' }
  const records: SealedRecord[] = []
  const opening = openingLength(events)
  for (const { body, m } of events.slice(opening)) {
    const record = parseRecord(body)
    if (!record) return { problem: 'not-the-signers-chain', m }
    records.push(record)
  }
  const [frozen] = records
  const stray = frozen?.record === 'frozen' ? strayOpening(events.slice(0, opening), frozen) : undefined
  return stray === undefined ? inOrder(events, records) : { problem: 'not-the-signers-chain', m: stray }
}

function inOrder(events: readonly WireEvent[], records: readonly SealedRecord[]): ReadChain | { problem: ChainProblem } {
  const [frozen, ...rest] = records
  const release = rest.pop()
  if (frozen?.record !== 'frozen' || release?.record !== 'release') return { problem: 'incomplete' }
  const signatures = rest.filter((record) => record.record === 'signature')
  if (signatures.length !== rest.length) return { problem: 'not-the-signers-chain' }
  const [first] = events
  if (!first || first.audience !== signersAudience(frozen.versionId)) return { problem: 'not-the-signers-chain' }
  if ([...signatures, release].some(({ versionId }) => versionId !== frozen.versionId)) return { problem: 'not-the-signers-chain' }
  const roles = signatures.map(({ participantId }) => frozen.signers.find((signer) => signer.participantId === participantId)?.role)
  const everybody = new Set(signatures.map(({ participantId }) => participantId))
  if (everybody.size !== frozen.signers.length || signatures.length !== frozen.signers.length || roles.includes(undefined))
    return { problem: 'incomplete' }
  if (roles.indexOf('mediator') !== roles.findLastIndex((role) => role !== 'mediator') + 1) return { problem: 'out-of-order' }
  const times = [frozen.frozenAt, ...signatures.map(({ signedAt }) => signedAt)]
  const latest = Math.max(...times)
  if (times.some((time) => time < frozen.frozenAt) || release.releasedAt < latest) return { problem: 'out-of-order' }
  return { events, caseId: first.caseId, chain: { frozen, signatures, release }, firstRecord: events.length - records.length + 1 }
}

function parseEvents(bytes: Uint8Array): WireEvent[] | undefined {
  const source = decode(bytes)
  if (source === undefined) return undefined
  try {
    const parsed = z.safeParse(chainFile, JSON.parse(source))
    return parsed.success ? (parsed.data.events as unknown as WireEvent[]) : undefined // ids are brands of strings; each record checks its own
  } catch {
    return undefined // not JSON
  }
}

function parseRecord(body: string | null): SealedRecord | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '')
    // Seals are over what the JSON means; only its plainest writing is taken, so that nothing hides in a doubled key or in white space.
    if (JSON.stringify(value) !== body) return undefined
    const parsed = z.safeParse(sealedRecord, value)
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined // not JSON
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined // not UTF-8
  }
}
