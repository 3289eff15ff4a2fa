// What travels between a device and the server over one socket, besides the draft's frames.
import * as z from 'zod/mini'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { CaseId, CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { audienceField, idField } from './fields.ts'

/** Raised when an old client can no longer be served; it is then asked to reload. */
export const PROTOCOL_VERSION = 3

/** Names of the socket's own messages. */
export const WIRE = {
  command: 'command',
  resume: 'resume',
  /** What came before the part of an audience that the device holds. */
  older: 'older',
  /** A fresh token for the same person, before the old one ends; answered like a command. */
  renew: 'renew',
  /** Events of one audience that became durable together: a list. */
  event: 'event',
  /** To one person: this audience is theirs from now on; the device asks for it from the start. */
  joined: 'joined',
  presence: 'presence',
  closed: 'closed',
} as const

/** Why the server ended a connection; a client that knows the reason does not knock again in vain. */
export type CloseReason = 'signed-out' | 'session-expired' | 'left' | 'outdated-client' | 'server-stopping' | 'too-many'

/** base64url of a SHA-256 digest; '' for "none known". */
const hashField = z.string().check(z.regex(/^(?:[A-Za-z0-9_-]{43})?$/))

/** The characters of a compact JWT. Whether it is one is found out by its signature alone. */
export const tokenField = z.string().check(z.maxLength(4096), z.regex(/^[A-Za-z0-9_.=-]*$/))

const REALTIME_REASONS = ['realtime/outdated-client', 'realtime/unknown-message', 'realtime/too-many-joins'] as const
export type RealtimeReason = (typeof REALTIME_REASONS)[number]

/** A place in an audience's chain: what a device knew when its person pressed "send". */
const seenField = z.strictObject({
  audience: audienceField,
  epoch: z.int().check(z.minimum(0)),
  seq: z.int().check(z.minimum(0)),
  hash: hashField,
})
export type Seen = z.output<typeof seenField>

export const commandEnvelope = z.strictObject({
  id: idField<CommandId>(),
  name: z.string().check(z.maxLength(64), z.regex(/^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$/)),
  input: z.unknown(),
  seen: z.optional(seenField),
})
export type CommandEnvelope = z.output<typeof commandEnvelope>

/** Where a command's events stand; only those in audiences of the person who asked. */
export interface EventPlace {
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
}

export type Ack<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/** Told to the author alone, before they are refused: how much of their measure is used, in percent. */
export interface QuotaNear {
  readonly of: 'minute' | 'day' | 'case'
  readonly percent: number
}

export type CommandAck = Ack<{ readonly at: readonly EventPlace[]; readonly near?: QuotaNear }>

/** An event as its readers get it. The body is the very string that was hashed; null once it was destroyed. */
export interface WireEvent {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly type: string
  readonly version: number
  readonly by: By
  readonly at: number
  readonly seen: string
  readonly body: string | null
  /** base64url: salt (16 bytes; '' once destroyed), digest, previous and own hash (32 bytes each). */
  readonly salt: string
  readonly bodyDigest: string
  readonly previous: string
  readonly hash: string
}

export const resumeRequest = z.strictObject({
  /** The heads that the device holds; audiences that it does not name are sent from the start. */
  heads: z
    .array(z.strictObject({ audience: audienceField, epoch: z.int().check(z.minimum(0)), seq: z.int().check(z.minimum(0)) }))
    .check(z.maxLength(256)),
  /** Of what a device lacks too much of, the outline and the last page are enough for it; it asks for the rest by `older`. */
  paged: z.optional(z.boolean()),
})
export type ResumeRequest = z.output<typeof resumeRequest>

export interface ResumedAudience {
  readonly audience: Audience
  /** 'behind': the device holds more than the server does (a restore from backup); it keeps what it has. */
  readonly state: 'current' | 'more' | 'behind'
  readonly epoch: number
  readonly head: number
  /** Among those below it events of the conversation were left out; from it on, and where it is not named, nothing is missing. */
  readonly from?: number
}

export interface ResumeAnswer {
  readonly me: ParticipantId
  readonly audiences: readonly ResumedAudience[]
  /** A page of events, ascending per audience; ask again while any audience says 'more'. */
  readonly events: readonly WireEvent[]
  readonly connected: readonly ParticipantId[]
  /** Server clock, so that a device with a wrong clock can show right times. */
  readonly now: number
}

export const olderRequest = z.strictObject({ audience: audienceField, before: z.int().check(z.minimum(2)) })
export type OlderRequest = z.output<typeof olderRequest>

export interface OlderAnswer {
  /** The last ones before `before`, ascending, without a gap; none for an audience that is not one's own. */
  readonly events: readonly WireEvent[]
}

export interface PresenceNotice {
  readonly participantId: ParticipantId
  readonly connected: boolean
}

export const handshakeAuth = z.strictObject({
  token: tokenField,
  caseId: idField<CaseId>(),
  protocol: z.int(),
})
export type HandshakeAuth = z.output<typeof handshakeAuth>
