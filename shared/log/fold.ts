// How a capability's state comes from events: one state per audience, folded from nothing but that audience's events, in browser and server alike.
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { BodyOf, EventDefinition } from '#shared/protocol/define.ts'

/** An event as folds read it: parsed, of today's version. `body` is undefined once it was destroyed. */
export interface ParsedEvent<Body = unknown> {
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly type: string
  readonly by: By
  readonly at: number
  readonly hash: string
  readonly body: Body
}

export type Evolve<State> = (state: State, event: ParsedEvent) => State

/** Under which name a state is found in an audience, and what it is before anything happened: all that reading it takes.
 * How it evolves may stand in a file of its own, which a device fetches with the first event of its kind. */
export interface Slice<State = unknown> {
  readonly name: string
  readonly initial: State
}

export interface Fold<State = unknown> extends Slice<State> {
  readonly evolve: Evolve<State>
  /**
   * Of a fold that reads nothing but paged events: its state over a stretch of a chain and the stretch behind it, from the states over each.
   * Whoever holds the end of a chain learns so what came before it.
   */
  readonly join?: (older: State, newer: State) => State
}

/** The folded states of one audience, by fold name, and where its chain stands. */
export interface AudienceState {
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly slices: Readonly<Record<string, unknown>>
}

/** Narrows an event to one definition's body. Bodies were parsed at the edge; a destroyed one matches no definition. */
export function isEvent<E extends EventDefinition>(event: ParsedEvent, definition: E): event is ParsedEvent<BodyOf<E>> {
  return event.type === definition.name && event.body !== undefined
}

export function emptyAudience(audience: Audience): AudienceState {
  return { audience, epoch: 0, seq: 0, hash: '', slices: {} }
}

export function foldEvent(folds: readonly Fold[], state: AudienceState, event: ParsedEvent): AudienceState {
  let slices: Record<string, unknown> | undefined
  for (const fold of folds) {
    const before = state.slices[fold.name] ?? fold.initial
    const after = fold.evolve(before, event)
    if (after === before && fold.name in state.slices) continue
    slices ??= { ...state.slices }
    slices[fold.name] = after
  }
  return { audience: state.audience, epoch: event.epoch, seq: event.seq, hash: event.hash, slices: slices ?? state.slices }
}

/** Audiences' states: a map of them, or whatever answers like one. */
export interface States {
  get(audience: Audience): AudienceState | undefined
}

/** The state of a slice in an audience; undefined where nothing is known of it. */
export function stateIn<State>(states: States, slice: Slice<State>, audience: Audience): State | undefined {
  const state = states.get(audience)
  return state && sliceOf(state, slice)
}

export function sliceOf<State>(state: AudienceState, slice: Slice<State>): State {
  return (state.slices[slice.name] as State | undefined) ?? slice.initial // written only by its fold
}
