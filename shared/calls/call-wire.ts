// Being in a call: what travels beside the log, is kept nowhere and fades with the connection. Nothing here names another audience than
// the call's own, and a device that is not in that audience gets none of it.
import * as z from 'zod/mini'
import type { Audience } from '#shared/kernel/audience.ts'
import type { MediaId, ParticipantId } from '#shared/kernel/ids.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'

/** `look`, `join`, `leave`, `signal`, `status` and `relay` are asked and answered; `members`, `out`, `signal` and `status` are told. */
export const CALL_WIRE = {
  look: 'call:look',
  join: 'call:join',
  leave: 'call:leave',
  signal: 'call:signal',
  status: 'call:status',
  relay: 'call:relay',
  members: 'call:members',
  out: 'call:out',
} as const

/** Each device sends to each other one; beyond, a telephone on a village's line sends more than it can. */
export const MESH_MEMBERS = 4
/** Through an SFU, to which each device sends once. */
export const SFU_MEMBERS = 16
export const MAX_SDP_CHARS = 32 * 1024
export const MAX_CANDIDATE_CHARS = 1024

/** How sound travels: by the installation's relay alone, from device to device, or not at all, because the relay that it needs is missing. */
export type CallWay = 'relay' | 'direct' | 'none'
/** Between devices, or by a server that hands out what each of them sends: only in the joint call, and never in a talk apart. */
export type CallForm = 'mesh' | 'sfu'

const mediaId = idField<MediaId>()

/** What the others are shown of a member besides who it is. */
const shownStatus = { muted: z.boolean(), video: z.boolean() }

export interface CallMember {
  /** Random, made at each joining: it says nothing of another call, nor of the device. */
  readonly mediaId: MediaId
  readonly participantId: ParticipantId
  readonly muted: boolean
  readonly video: boolean
}

export const callLookRequest = z.strictObject({})
export interface CallLook {
  readonly joint: CallWay
  /** Of talks apart: one side, or one person, with the mediator. */
  readonly apart: CallWay
  /** How many devices can be in the joint call. */
  readonly mostJoint: number
  /** Calls that somebody is in, of the audiences that the asker reads. Of a paused call who was in it when the pause began. */
  readonly calls: readonly CallNotice[]
}

/** Told to everybody in the audience whenever somebody comes or goes; but not while the joint call is paused. */
export interface CallNotice {
  readonly audience: Audience
  readonly members: readonly CallMember[]
}

export const callJoinRequest = z.strictObject({
  audience: audienceField,
  /** Of this device's place in this call before its connection broke: kept for some seconds. */
  mediaId: z.optional(mediaId),
  ...shownStatus,
})
export type CallJoinRequest = z.output<typeof callJoinRequest>

/** As `RTCConfiguration` wants them. */
export interface IceSettings {
  readonly policy: 'relay' | 'all'
  readonly servers: readonly { readonly urls: readonly string[]; readonly username?: string; readonly credential?: string }[]
  /** By the server's clock; fresh ones are asked for by `relay`. */
  readonly until: number
}

export interface CallJoined {
  /** Another than asked for: the place was gone, and nothing that stood before stands now. */
  readonly mediaId: MediaId
  readonly form: CallForm
  /** With this device's own. */
  readonly members: readonly CallMember[]
  readonly ice: IceSettings
}

export const callLeaveRequest = z.strictObject({})
export const callRelayRequest = z.strictObject({})

const description = z.strictObject({ type: z.enum(['offer', 'answer']), sdp: z.string().check(z.maxLength(MAX_SDP_CHARS)) })
const candidate = z.strictObject({
  /** '' for "there are no more". */
  candidate: z.string().check(z.maxLength(MAX_CANDIDATE_CHARS)),
  sdpMid: z.nullable(z.string().check(z.maxLength(32), z.regex(/^[\w-]*$/))),
  sdpMLineIndex: z.nullable(z.int().check(z.minimum(0), z.maximum(64))),
  usernameFragment: z.nullable(z.string().check(z.maxLength(256), z.regex(/^[\w+/-]*$/))),
})

export type CandidateSignal = z.output<typeof candidate>

const signalData = z.union([z.strictObject({ description }), z.strictObject({ candidate })])
export type SignalData = z.output<typeof signalData>

export const callSignalRequest = z.strictObject({ to: mediaId, data: signalData })
export interface CallSignal {
  readonly from: MediaId
  readonly data: SignalData
}

export const callStatusRequest = z.strictObject({ ...shownStatus, speaking: z.boolean() })
export type CallStatus = z.output<typeof callStatusRequest>
/** To the others in the call. */
export interface CallStatusNotice extends CallStatus {
  readonly mediaId: MediaId
}

/** Told to a device that is put out of a call, after which its signals are refused. */
export interface CallOut {
  readonly audience: Audience
  /**
   * `taken-over`: another device of the same person is in a call now. `joint`: the joint call goes on, and a mediator is in no other.
   * `anew`: the call goes on in another form, and whoever was in it joins again.
   */
  readonly reason: 'taken-over' | 'paused' | 'ended' | 'removed' | 'joint' | 'anew'
}
