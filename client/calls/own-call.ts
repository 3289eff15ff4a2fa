// Where this device stands with the calls of its case, as screens draw it.

import type { ShownProblem } from '#client/ui/problem-words.ts'
import type { CallForm, CallOut } from '#shared/calls/call-wire.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { DataUse } from './media/data-meter.ts'
import type { MediaFault } from './media/media-devices.ts'

/** `data`: what the person allows is used up. `cut`: the connection was away for longer than a place is kept. */
export type WhyOut = Exclude<CallOut['reason'], 'paused' | 'anew'> | 'data' | 'cut'

/** Why there are no pictures although they were wished for. */
export type NoPictures = 'weak' | 'data' | 'procedure'

export interface InCall {
  readonly kind: 'in'
  readonly audience: Audience
  readonly mediaId: MediaId
  readonly form: CallForm
  readonly muted: boolean
  /** Why there is no microphone. */
  readonly microphoneFault: MediaFault | undefined
  /** One's own picture, shown to those who wish to see it. */
  readonly picture: MediaStreamTrack | undefined
  /** It is shown, or the camera is being opened. */
  readonly wantsOwnPicture: boolean
  readonly cameraFault: MediaFault | undefined
  /** Whether this person wishes to see the others. */
  readonly wantsPictures: boolean
  readonly noPictures: NoPictures | undefined
  /** The server does not hear this device: its place is kept for some seconds. */
  readonly away: boolean
  /** The browser holds the others' voices back until something is pressed. */
  readonly held: boolean
}

export type OwnCall =
  | { readonly kind: 'out'; readonly after?: { readonly audience: Audience; readonly why: WhyOut | ShownProblem } }
  | { readonly kind: 'joining'; readonly audience: Audience }
  /** In the joint call when it was paused: with its resuming one hears again, and speaks once one presses. */
  | { readonly kind: 'paused'; readonly audience: Audience }
  | InCall

/** How one of the others is heard here. */
export interface HeardMember {
  readonly speaking: boolean
  readonly reach: 'connecting' | 'connected' | 'lost' | 'unreachable'
  readonly picture: MediaStreamTrack | undefined
}

/** What changes while people speak; apart from the rest, because it changes often. */
export interface Heard {
  readonly selfSpeaks: boolean
  readonly members: ReadonlyMap<MediaId, HeardMember>
  readonly data: DataUse
}
