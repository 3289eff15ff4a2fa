// The joint record as it is given out: the whole chain of the joint session, what the installation states of it, and the seal over that.
// The chain is one audience's, whole, as its readers got it: nothing of any other audience can stand in it.
import * as z from 'zod/mini'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { DIGEST_ALGORITHM, type Digest, digestField } from '#shared/signing/named-digest.ts'
import { momentField, sealValueField } from '#shared/signing/record-fields.ts'
import { SEAL_SCHEME } from '#shared/signing/schemes.ts'

export const RECORD_FORMAT = 'bitim-joint-record/1'

/** The files of its archive, in their order. */
export const RECORD_PART = {
  readme: 'README.txt',
  pdf: 'joint-record.pdf',
  record: 'joint-record.json',
  authority: 'certificates/authority.pem',
  sealing: 'certificates/sealing-1.pem',
} as const

const text = z.string().check(z.maxLength(200_000))
const line = z.string().check(z.maxLength(1_000))
const count = z.int().check(z.minimum(0))

/** Who they are when it is given out; what they were called before stands in no record of the joint session. */
const namedPerson = z.strictObject({ participantId: line, name: line, role: line, side: z.optional(line) })
export type NamedPerson = z.output<typeof namedPerson>

/** What the installation states, and seals. */
const statement = z.strictObject({
  record: z.literal('joint-record'),
  format: z.literal(RECORD_FORMAT),
  caseId: line,
  title: line,
  number: z.optional(line),
  exportedAt: momentField,
  /** When the mediator closed the record; absent while the talk may go on. */
  closedAt: z.optional(momentField),
  people: z.array(namedPerson).check(z.maxLength(1_000)),
  /** The last event. */
  head: z.strictObject({ seq: count, digest: digestField }),
  parts: z.strictObject({ [RECORD_PART.readme]: digestField, [RECORD_PART.pdf]: digestField }),
  /** Of the authority's certificate. */
  authority: digestField,
})
export type RecordStatement = z.output<typeof statement>

const sealField = z.strictObject({ scheme: z.literal(SEAL_SCHEME), at: momentField, key: digestField, value: sealValueField })

const event = z.strictObject({
  caseId: line,
  audience: z.literal('all'),
  epoch: count,
  seq: count,
  type: line,
  version: count,
  by: line,
  at: count,
  seen: line,
  body: z.nullable(text),
  salt: line,
  bodyDigest: line,
  previous: line,
  hash: line,
})

const fileSchema = z.strictObject({
  digests: z.literal(DIGEST_ALGORITHM),
  statement,
  seal: sealField,
  events: z.array(event).check(z.minLength(1), z.maxLength(500_000)),
})

export interface RecordFile {
  readonly statement: RecordStatement
  readonly seal: z.output<typeof sealField>
  readonly events: readonly WireEvent[]
}

/** One way of writing for one content. */
export function recordJson({ statement: stated, seal, events }: RecordFile): string {
  return `${JSON.stringify({ digests: DIGEST_ALGORITHM, statement: stated, seal, events: events.map(inOrder) }, null, 1)}\n`
}

/** 'newer-format': made by a later release, and not ours to judge. */
export function parseRecordFile(bytes: Uint8Array): RecordFile | 'unreadable' | 'newer-format' {
  const value = jsonIn(bytes)
  if (isNewer(value)) return 'newer-format'
  const parsed = z.safeParse(fileSchema, value)
  if (!parsed.success) return 'unreadable'
  const file = parsed.data as unknown as RecordFile // ids are brands of strings; no more is asked of them here
  return recordJson(file) === textIn(bytes) ? file : 'unreadable'
}

export type RecordDigests = Readonly<Record<'README.txt' | 'joint-record.pdf', Digest>>

function inOrder(each: WireEvent) {
  const { caseId, audience, epoch, seq, type, version, by, at, seen, body, salt, bodyDigest, previous, hash } = each
  return { caseId, audience, epoch, seq, type, version, by, at, seen, body, salt, bodyDigest, previous, hash }
}

function isNewer(value: unknown): boolean {
  const declared = (value as { statement?: { format?: unknown } } | undefined)?.statement?.format
  const number = typeof declared === 'string' ? /^bitim-joint-record\/([1-9]\d{0,5})$/.exec(declared)?.[1] : undefined
  return number !== undefined && Number(number) > 1
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(textIn(bytes) ?? '')
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined // not JSON
  }
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined // not UTF-8
  }
}
