// Bringing a lost text back, in decisions: who may ask for it, that only the first who asks is heard, and what came of it.
import { mayAtAll } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { asId, type DeletionId, type RestorationId } from '#shared/kernel/ids.ts'
import { type Decision, decided, newEvent, personRule, refuse, systemRule, type View } from '#shared/log/decide.ts'
import { savedStatesFact } from './draft-facts.ts'
import { draftSituation } from './draft-view.ts'
import { editDraftAct, restoreAct } from './drafting-acts.ts'
import { canEditDraft, canRestore } from './drafting-policy.ts'
import {
  deletionReport,
  deletionUndo,
  largeDeletion,
  type Restoration,
  restorationFailed,
  restorationFinish,
  restorationRequested,
  textBeginAnew,
  textBringBack,
  textRestored,
  UNDO_DELETION_MS,
} from './restoring-protocol.ts'
import { isBegunAnewSince, restoringFold } from './restoring-state.ts'

/** For a press that was made in time and came late. */
const GRACE_MS = 5_000
/** Two servers may see one deletion begin at different entries; each tells one person's deletions ten seconds apart. */
const SAME_DELETION_MS = 5_000

export const bringBackRule = personRule({
  command: textBringBack,
  facts: { saved: savedStatesFact },
  decide: (view, input, { actor, facts }) => restore(view, actor, { way: 'bring-back', ...input }, facts.saved),
})

export const beginAnewRule = personRule({
  command: textBeginAnew,
  facts: { saved: savedStatesFact },
  decide: (view, input, { actor, facts }) => restore(view, actor, { way: 'begin-anew', ...input }, facts.saved),
})

function restore(view: View, actor: Person, restoration: Restoration, saved: readonly number[]): Decision {
  const situation = draftSituation(view, actor)
  if (!situation.inAll) return refuse('not-found')
  if (!mayAtAll(actor, restoreAct, 'all')) return refuse('forbidden')
  const state = view.state(restoringFold, 'all')
  const { restorationId, revision } = restoration
  if ([state?.pending, state?.last].some((known) => known?.restorationId === restorationId)) return decided()
  if (!canRestore(actor, situation)) return notNow(situation.draft)
  if (state?.pending) return refuse('conflict', 'drafting/restoring')
  if (!saved.includes(revision)) return refuse('conflict', 'drafting/state-gone')
  return decided(newEvent(restorationRequested, 'all', restoration))
}

/** Who presses first is heard; whoever presses after them gets what they wanted. */
export const undoDeletionRule = personRule({
  command: deletionUndo,
  decide(view, { deletionId }, { actor, now }) {
    const situation = draftSituation(view, actor)
    if (!situation.inAll) return refuse('not-found')
    if (!mayAtAll(actor, editDraftAct, 'all')) return refuse('forbidden')
    const state = view.state(restoringFold, 'all')
    const deletion = state?.deletions.find((each) => each.deletionId === deletionId)
    if (deletion?.undoneBy) return decided()
    if (!canEditDraft(actor, situation)) return notNow(situation.draft)
    if (!deletion || now - deletion.at > UNDO_DELETION_MS + GRACE_MS) return refuse('conflict', 'drafting/undo-too-late')
    if (state?.pending) return refuse('conflict', 'drafting/restoring')
    if (state && isBegunAnewSince(state, deletion)) return refuse('conflict', 'drafting/begun-anew')
    const { revision } = deletion
    const restoration = { way: 'undo-deletion', restorationId: restorationOf(deletionId), revision, deletionId } as const
    return decided(newEvent(restorationRequested, 'all', restoration))
  },
})

/** A deletion is undone once. */
function restorationOf(deletionId: DeletionId): RestorationId {
  return asId<RestorationId>(deletionId)
}

export const reportDeletionRule = systemRule({
  command: deletionReport,
  sees: () => ['all'],
  decide: (view, input, { now }) => {
    const known = view
      .state(restoringFold, 'all')
      ?.deletions.some(
        ({ deletionId, participantId, at }) =>
          deletionId === input.deletionId || (participantId === input.participantId && Math.abs(now - at) < SAME_DELETION_MS),
      )
    return known ? decided() : decided(newEvent(largeDeletion, 'all', input))
  },
})

export const finishRestorationRule = systemRule({
  command: restorationFinish,
  sees: () => ['all'],
  decide(view, input) {
    if (view.state(restoringFold, 'all')?.pending?.restorationId !== input.restorationId) return decided()
    return decided('fault' in input ? newEvent(restorationFailed, 'all', input) : newEvent(textRestored, 'all', input))
  },
})

function notNow(draft: 'open' | 'freezing' | 'frozen'): Decision {
  return refuse('conflict', draft === 'open' ? 'drafting/no-session' : 'drafting/closed')
}
