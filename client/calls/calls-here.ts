// What there is of calls in this case, as everybody in a room may know it: whether the installation has them, how their sound travels, and
// who is in the call of each room that one reads. Small, because every room asks it; whoever joins fetches the rest.
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import { CALL_WIRE, type CallLook, type CallMember, type CallNotice, type CallStatusNotice } from '#shared/calls/call-wire.ts'
import type { CallStage } from '#shared/calls/calls-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Ack } from '#shared/protocol/wire.ts'

export interface CallsHere {
  /** Undefined where this installation has no calls, and until it has answered. */
  readonly look: Omit<CallLook, 'calls'> | undefined
  /** Of the joint call while it is paused: who was in it when the pause began. */
  readonly members: ReadonlyMap<Audience, readonly CallMember[]>
}

/** The call that somebody is in and that goes on. A paused joint call is nobody's: its list only stands as it stood. */
export function callOf(person: ParticipantId, { members }: Pick<CallsHere, 'members'>, joint: CallStage): Audience | undefined {
  return [...members.keys()].find(
    (audience) =>
      (audience !== 'all' || joint === 'running') && members.get(audience)?.some(({ participantId }) => participantId === person),
  )
}

const NOTHING: CallsHere = { look: undefined, members: new Map() }

/** Kept by the open case: `client.owned(callsHere)`. */
export function callsHere({ connection }: CaseClient): Owned & Store<CallsHere> {
  const { state, subscribe, set } = createStore(NOTHING)

  async function look() {
    const ack = await connection.ask<Ack<CallLook>>(CALL_WIRE.look, {}).catch(() => undefined) // a lost connection is asked again when it is back
    if (!ack) return
    if (!ack.ok) return set(NOTHING)
    const { calls, ...rest } = ack.value
    set({ look: rest, members: new Map(calls.map(({ audience, members }) => [audience, members])) })
  }

  const heed = () => {
    if (connection.state().kind === 'live') void look()
  }
  const stops = [
    connection.subscribe(heed),
    connection.on(CALL_WIRE.members, (notice) => {
      const { audience, members } = notice as CallNotice // the server is ours and speaks by the protocol
      set({ ...state(), members: new Map(state().members).set(audience, members) })
    }),
    connection.on(CALL_WIRE.status, (notice) => {
      const { mediaId, muted, video } = notice as CallStatusNotice // as above
      const changed = (member: CallMember) => (member.mediaId === mediaId ? { ...member, muted, video } : member)
      set({ ...state(), members: new Map([...state().members].map(([audience, members]) => [audience, members.map(changed)])) })
    }),
  ]
  heed()
  const end = () => {
    for (const stop of stops) stop()
    set(NOTHING)
  }
  return { state, subscribe, close: end, wipe: end }
}
