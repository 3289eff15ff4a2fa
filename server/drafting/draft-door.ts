// Who may read and write the draft at this moment, from the case as it is loaded; asked for each frame, so it looks up and folds nothing.
import type { LoadedCase } from '#server/log/case-state.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { canEditDraft, canReadDraft, type DraftSituation } from '#shared/drafting/drafting-policy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { isMember, roomFold } from '#shared/rooms/room-state.ts'

export function mayReadDraft(state: LoadedCase, actor: Person): boolean {
  return canReadDraft(situationIn(state, actor))
}

/** Whether the text is closed is the lane's to say, in its own order; asking the log as well would only be later. */
export function mayWriteDraft(state: LoadedCase, actor: Person): boolean {
  return canEditDraft({ ...situationIn(state, actor), draft: 'open' })
}

function situationIn(state: LoadedCase, actor: Person): DraftSituation {
  const all = state.audiences.get('all')
  const ofCase = state.audiences.get('case')
  return {
    phase: ofCase ? sliceOf(ofCase, caseFold).phase : 'preparing',
    inAll: all !== undefined && isMember(sliceOf(all, roomFold), actor.id),
    draft: all ? sliceOf(all, draftFold).phase.kind : 'open',
  }
}
