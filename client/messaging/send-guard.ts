// The guard against the wrong room. Whoever has come into a room, by whatever way, is asked once who will read, and can take that first
// message back before it is handed on. Later messages in that room go at once. Words never move between rooms.
import type { Audience } from '#shared/kernel/audience.ts'
import type { Seen } from '#shared/protocol/wire.ts'

/** Words with the room they were written in, and what their author had seen of it. */
export interface Parcel {
  readonly audience: Audience
  readonly text: string
  readonly seen: Seen | undefined
}

export interface GuardState {
  readonly room: Audience | undefined
  /** The next message here asks first. */
  readonly armed: boolean
  readonly asking: Parcel | undefined
  /** Confirmed, and still to be taken back. At most one per room. */
  readonly held: readonly Parcel[]
}

export type GuardEvent =
  /** `alone`: the person has no other room that they could have meant. */
  | { readonly type: 'entered'; readonly room: Audience; readonly alone: boolean }
  | { readonly type: 'pressed'; readonly parcel: Parcel }
  | { readonly type: 'confirmed'; readonly seen: Seen | undefined }
  | { readonly type: 'declined' }
  /** Said by one tap that names its readers: held without a question. */
  | { readonly type: 'said'; readonly parcel: Parcel }
  | { readonly type: 'taken-back'; readonly audience: Audience }
  | { readonly type: 'time-over'; readonly audience: Audience }
  /** The room is closed to the person: nothing held for it may go elsewhere, or go at all. */
  | { readonly type: 'room-gone'; readonly audience: Audience }

interface GuardStep {
  readonly state: GuardState
  /** Handed to the outbox now, in this order. */
  readonly deliver: readonly Parcel[]
  /** Given back to the composer of its own room. */
  readonly giveBack: readonly Parcel[]
}

export const GUARD_AT_REST: GuardState = { room: undefined, armed: false, asking: undefined, held: [] }

export function guardStep(state: GuardState, event: GuardEvent): GuardStep {
  const step = (change: Partial<GuardState>, deliver: readonly Parcel[] = [], giveBack: readonly Parcel[] = []): GuardStep => ({
    state: { ...state, ...change },
    deliver,
    giveBack,
  })
  const without = (audience: Audience) => state.held.filter((parcel) => parcel.audience !== audience)
  const heldIn = (audience: Audience) => state.held.filter((parcel) => parcel.audience === audience)
  switch (event.type) {
    case 'entered':
      if (event.room === state.room) return step({ armed: state.armed && !event.alone })
      return step({ room: event.room, armed: !event.alone, asking: undefined }, [], state.asking ? [state.asking] : [])
    case 'pressed': {
      const { parcel } = event
      // written for another room than the one shown: never sent from here
      if (parcel.audience !== state.room) return step({}, [], [parcel])
      if (state.armed) return step({ asking: parcel }, [], state.asking ? [state.asking] : [])
      return step({ held: without(parcel.audience) }, [...heldIn(parcel.audience), parcel])
    }
    case 'confirmed': {
      const { asking } = state
      if (!asking || asking.audience !== state.room) return step({ asking: undefined }, [], asking ? [asking] : [])
      const parcel = { ...asking, seen: event.seen }
      return step({ armed: false, asking: undefined, held: [...without(parcel.audience), parcel] }, heldIn(parcel.audience))
    }
    case 'said':
      return step({ held: [...without(event.parcel.audience), event.parcel] }, heldIn(event.parcel.audience))
    case 'declined':
      return step({ asking: undefined }, [], state.asking ? [state.asking] : [])
    case 'taken-back':
      return step({ held: without(event.audience), armed: state.armed || event.audience === state.room }, [], heldIn(event.audience))
    case 'time-over':
      return step({ held: without(event.audience) }, heldIn(event.audience))
    case 'room-gone': {
      const asked = state.asking?.audience === event.audience ? [state.asking] : []
      return step(
        { held: without(event.audience), asking: asked.length > 0 ? undefined : state.asking },
        [],
        [...asked, ...heldIn(event.audience)],
      )
    }
  }
}
