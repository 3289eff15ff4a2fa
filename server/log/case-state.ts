// All that a server holds of one case: the folded states of every audience, and the number of the last commit.

import type { Commit } from '#server/storage/ports.ts'
import type { Actor } from '#shared/kernel/actor.ts'
import { type Audience, type AudienceKind, audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type View, type VisibleStates, viewOf } from '#shared/log/decide.ts'
import { type AudienceState, emptyAudience, foldEvent, type ParsedEvent } from '#shared/log/fold.ts'
import { EMPTY_OUTLINE, type Folds, type Outline, withOutline } from '#shared/log/outline.ts'
import { countedIn, type SpentByPerson, spend } from './quota.ts'

export interface LoadedCase {
  readonly commitNumber: number
  /** What each person has written; in nobody's view. */
  readonly spent: SpentByPerson
  readonly audiences: ReadonlyMap<Audience, AudienceState>
  /** Of each audience the numbers of the events that are folded by more than its conversation; with its last page they open a long case. */
  readonly outlines: ReadonlyMap<Audience, Outline>
}

export const EMPTY_CASE: LoadedCase = { commitNumber: 0, spent: new Map(), audiences: new Map(), outlines: new Map() }

/** Who reads an audience, and up to which seq. */
export type Readers = (state: AudienceState) => ReadonlyMap<ParticipantId, number>

/** The seq up to which somebody reads nothing of an audience's conversation, though the audience is theirs; 0 for most. */
export type WordsAfter = (state: AudienceState, person: ParticipantId) => number

/** Of somebody who is in an audience: it goes on for them. */
const OPEN = Number.POSITIVE_INFINITY

/** Whether an audience goes on for somebody who may read it `until` there; not for a former member, nor for anybody else. */
export function isOpenTo(until: number | undefined): boolean {
  return until === OPEN
}

export function readsNow(readers: Readers, state: AudienceState, person: ParticipantId): boolean {
  return isOpenTo(readers(state).get(person))
}

export function foldCommit(before: LoadedCase, commitNumber: number, events: readonly ParsedEvent[], folding: Folds): LoadedCase {
  const audiences = new Map(before.audiences)
  let { outlines } = before
  for (const event of events) {
    const { audience } = event
    const state = audiences.get(audience) ?? emptyAudience(audience)
    const after = foldEvent(folding.folds, state, event)
    audiences.set(audience, after)
    const outline = outlines.get(audience) ?? EMPTY_OUTLINE
    const outlined = withOutline(outline, event, { before: state, after }, folding)
    if (outlined !== outline) outlines = new Map(outlines).set(audience, outlined)
  }
  return { ...before, commitNumber, audiences, outlines }
}

/** `state` after its last commit, with what its author has written in it. */
export function charged(state: LoadedCase, { by, events }: Pick<Commit, 'by' | 'events'>, { definitions }: Folds): LoadedCase {
  const spent = spend(state.spent, by, countedIn(events, definitions))
  return spent === state.spent ? state : { ...state, spent }
}

/** A person sees the audiences that they are in now; a step of the system those that it names. */
export function viewFor(state: LoadedCase, actor: Actor, readers: Readers, systemSees: readonly Audience[]): View {
  if (actor.kind === 'system') return viewOf(limited(state, (audience) => systemSees.includes(audience)))
  return viewOf(limited(state, (_audience, folded) => readsNow(readers, folded, actor.id)))
}

/** For what follows from the log and belongs to nobody alone: the audiences of these kinds. */
export function viewOfKinds(state: LoadedCase, kinds: readonly AudienceKind[]): View {
  return viewOf(limited(state, (audience) => kinds.includes(audienceKind(audience))))
}

/** Looked at audience by audience, as a decision asks: most ask about one or two of many. */
function limited({ audiences }: LoadedCase, sees: (audience: Audience, folded: AudienceState) => boolean): VisibleStates {
  return {
    get(audience) {
      const folded = audiences.get(audience)
      return folded && sees(audience, folded) ? folded : undefined
    },
    keys: () => [...audiences].filter(([audience, folded]) => sees(audience, folded)).map(([audience]) => audience),
  }
}

/** The audiences that somebody may read, each up to a seq. */
export function readableBy(state: LoadedCase, person: ParticipantId, readers: Readers): ReadonlyMap<Audience, number> {
  const readable = new Map<Audience, number>()
  for (const [audience, folded] of state.audiences) {
    const until = readers(folded).get(person)
    if (until !== undefined) readable.set(audience, Math.min(until, folded.seq))
  }
  return readable
}
