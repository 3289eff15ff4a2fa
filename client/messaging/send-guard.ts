// The guard against the wrong room. Whoever has come into a room, by whatever way, is asked once who will read, and can take that first
// message back before it is handed on. Later messages in that room go at once. Words never move between rooms.
import type { Audience } from '#shared/kernel/audience.ts'
import type { Seen } from '#shared/protocol/wire.ts'

/** Words with the room they were written in, and what their author had seen of it. */
export interface PendingMessage {
  readonly audience: Audience
  readonly text: string
  readonly seen: Seen | undefined
}

export interface GuardState {
  readonly room: Audience | undefined
  /** The next message here asks first. */
  readonly armed: boolean
  readonly asking: PendingMessage | undefined
  /** Confirmed, and still to be taken back. At most one per room. */
  readonly held: readonly PendingMessage[]
}

export type GuardEvent =
  /** `alone`: the person has no other room that they could have meant. */
  | { readonly type: 'entered'; readonly room: Audience; readonly alone: boolean }
  | { readonly type: 'pressed'; readonly message: PendingMessage }
  | { readonly type: 'confirmed'; readonly seen: Seen | undefined }
  | { readonly type: 'declined' }
  /** Said by one tap that names its readers: held without a question. */
  | { readonly type: 'said'; readonly message: PendingMessage }
  | { readonly type: 'taken-back'; readonly audience: Audience }
  | { readonly type: 'time-over'; readonly audience: Audience }
  /** The room is closed to the person: nothing held for it may go elsewhere, or go at all. */
  | { readonly type: 'room-gone'; readonly audience: Audience }

interface GuardStep {
  readonly state: GuardState
  /** Handed to the outbox now, in this order. */
  readonly deliver: readonly PendingMessage[]
  /** Given back to the composer of its own room. */
  readonly giveBack: readonly PendingMessage[]
}

export const GUARD_AT_REST: GuardState = { room: undefined, armed: false, asking: undefined, held: [] }

export function guardStep(state: GuardState, event: GuardEvent): GuardStep {
  const step = (
    change: Partial<GuardState>,
    deliver: readonly PendingMessage[] = [],
    giveBack: readonly PendingMessage[] = [],
  ): GuardStep => ({
    state: { ...state, ...change },
    deliver,
    giveBack,
  })
  const without = (audience: Audience) => state.held.filter((message) => message.audience !== audience)
  const heldIn = (audience: Audience) => state.held.filter((message) => message.audience === audience)
  switch (event.type) {
    case 'entered':
      if (event.room === state.room) return step({ armed: state.armed && !event.alone })
      return step({ room: event.room, armed: !event.alone, asking: undefined }, [], state.asking ? [state.asking] : [])
    case 'pressed': {
      const { message } = event
      // written for another room than the one shown: never sent from here
      if (message.audience !== state.room) return step({}, [], [message])
      if (state.armed) return step({ asking: message }, [], state.asking ? [state.asking] : [])
      return step({ held: without(message.audience) }, [...heldIn(message.audience), message])
    }
    case 'confirmed': {
      const { asking } = state
      if (!asking || asking.audience !== state.room) return step({ asking: undefined }, [], asking ? [asking] : [])
      const message = { ...asking, seen: event.seen }
      return step({ armed: false, asking: undefined, held: [...without(message.audience), message] }, heldIn(message.audience))
    }
    case 'said':
      return step({ held: [...without(event.message.audience), event.message] }, heldIn(event.message.audience))
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
