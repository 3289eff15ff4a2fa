import type { By } from '#shared/kernel/actor.ts'
import type { DeletionId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Slice } from '#shared/log/fold.ts'
import type { Restoration, RestorationFault } from './restoring-protocol.ts'

export interface LargeDeletion {
  readonly deletionId: DeletionId
  readonly participantId: ParticipantId
  readonly revision: number
  readonly lines: number
  readonly at: number
  /** Who was the first to ask for its words back. */
  readonly undoneBy: By | undefined
}

export type AskedRestoration = Restoration & { readonly by: By; readonly at: number }
export type EndedRestoration = AskedRestoration & {
  readonly endedAt: number
  readonly outcome: { readonly revision: number } | { readonly fault: RestorationFault }
}

/** Folded from the audience `all` alone. */
export interface RestoringState {
  /** The one that the server has still to carry out. */
  readonly pending: AskedRestoration | undefined
  readonly last: EndedRestoration | undefined
  /** The newest of those that succeeded, in their order: lines of the talk of all. */
  readonly restored: readonly EndedRestoration[]
  /** The newest last; older ones can be undone no more. */
  readonly deletions: readonly LargeDeletion[]
}

export const restoringFold: Slice<RestoringState> = {
  name: 'draft-restoring',
  initial: { pending: undefined, last: undefined, restored: [], deletions: [] },
}

/** The words of this deletion belong to a text that nobody writes in any more: they cannot be put back where they were. */
export function isBegunAnewSince({ restored }: RestoringState, deletion: LargeDeletion): boolean {
  return restored.some(({ way, outcome }) => way === 'begin-anew' && 'revision' in outcome && outcome.revision > deletion.revision)
}
