// Where a person stands in the case: which screen the room shows them.
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { actorIn, type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { viewOf } from '#shared/log/decide.ts'
import type { CloseReason } from '#shared/protocol/wire.ts'
import { inRoom } from '#shared/rooms/room-state.ts'

type Stage =
  | { readonly kind: 'opening' }
  /** The server does not let this person in (any more). */
  | { readonly kind: 'shut'; readonly reason: CloseReason }
  | { readonly kind: 'outdated' }
  /** One's own side has left the mediation. */
  | { readonly kind: 'left'; readonly state: CaseState; readonly me: Person }
  | { readonly kind: 'confirming'; readonly state: CaseState; readonly me: Person }
  | { readonly kind: 'waiting'; readonly state: CaseState; readonly me: Person }
  | { readonly kind: 'inside'; readonly state: CaseState; readonly me: Person }

export function stageOf(snapshot: CaseSnapshot, connection: ConnectionState, caseId: Person['caseId']): Stage {
  // the log itself said that this person reads the case no longer; whatever reason the connection then ends with
  if (snapshot.caughtUp && snapshot.me && !snapshot.audiences.has('case')) return { kind: 'shut', reason: 'left' }
  if (connection.kind === 'outdated') return { kind: 'outdated' }
  if (connection.kind === 'closed') return { kind: 'shut', reason: connection.reason }
  const view = viewOf(snapshot.audiences)
  const state = view.state(caseFold, 'case')
  const me = state && snapshot.me && actorIn(state, caseId, snapshot.me)
  if (!state || !me || !snapshot.caughtUp) return { kind: 'opening' }
  if (me.sideId !== undefined && state.leftAt[me.sideId] !== undefined) return { kind: 'left', state, me }
  const over = isMediationOver(state.phase)
  if (!over && state.confirmedAt[me.id] === undefined) return { kind: 'confirming', state, me }
  const admitted = mediates(me) || view.audiences().some((audience) => isShared(audience) && inRoom(view, audience, me.id))
  return { kind: admitted ? 'inside' : 'waiting', state, me }
}

/** A room that one is let into; everybody has their own line to the mediator, and the case. */
function isShared(audience: Audience): boolean {
  const kind = audienceKind(audience)
  return kind === 'all' || kind === 'side' || kind === 'room'
}
