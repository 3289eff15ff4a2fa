// chain.json as a file: its layout and what each format may hold, before anything in it is believed.
import * as z from 'zod/mini'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { ALIASES, withNewNames } from '#shared/protocol/aliases.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { DIGEST_ALGORITHM } from '../named-digest.ts'
import { isUnknownScheme, SEAL_SCHEMES } from '../schemes.ts'
import { type BundleFormat, type ClosingRecord, closingRecord } from '../sealed-records.ts'
import { formatText, isNewer, knownFormat } from './bundle-format.ts'
import { chainJson, isPlainlyWritten } from './parts.ts'

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
const events = z.array(wireEvent).check(z.maxLength(400))
const fileIn1 = z.strictObject({ format: z.literal(formatText('bitim-chain', 1)), events })
const fileIn2 = z.strictObject({
  format: z.literal(formatText('bitim-chain', 2)),
  digests: z.literal(DIGEST_ALGORITHM),
  events,
  closing: closingRecord,
})

export interface ChainFile {
  readonly format: BundleFormat
  readonly events: readonly WireEvent[]
  readonly closing: ClosingRecord | undefined
}

export function parseChainFile(bytes: Uint8Array): ChainFile | 'unreadable' | 'newer-format' | 'unknown-scheme' {
  if (isNewer('bitim-chain', bytes)) return 'newer-format'
  const value = jsonIn(bytes)
  const format = knownFormat('bitim-chain', member(value, 'format'))
  if (format === 1) {
    const parsed = z.safeParse(fileIn1, value)
    return parsed.success ? { format, events: asEvents(parsed.data.events), closing: undefined } : 'unreadable'
  }
  if (isUnknownScheme(member(member(member(value, 'closing'), 'seal'), 'scheme'), SEAL_SCHEMES)) return 'unknown-scheme'
  const parsed = z.safeParse(fileIn2, value)
  return parsed.success ? { format: 2, events: asEvents(parsed.data.events), closing: parsed.data.closing } : 'unreadable'
}

/** One way of writing for one content: a changed layout, a doubled key or another base64 of the same bytes is another file. */
export function isPlainFile(file: ChainFile, bytes: Uint8Array): boolean {
  return file.events.every(isPlainlyWritten) && chainJson(file) === decode(bytes)
}

/** A member of what may be anything. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

function asEvents(parsed: z.output<typeof events>): readonly WireEvent[] {
  return withNewNames(parsed, ALIASES.chainEvent) as readonly WireEvent[] // ids are brands of strings; each record checks its own
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decode(bytes) ?? '')
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
