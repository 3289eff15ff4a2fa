// What the draft asks of its case: its facts, what its log says of the text, and who may read and write in it at this moment.

import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase } from '#server/log/case-state.ts'
import { stepId } from '#server/log/step-id.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import { canEditDocument, canReadDocument, canReadStates } from '#shared/drafting/drafting-policy.ts'
import { draftFold, readyFold } from '#shared/drafting/drafting-state.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import { templateOf } from '#shared/drafting/template.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { localDay } from '#shared/kernel/time-zone.ts'
import { type Slice, stateIn } from '#shared/log/fold.ts'
import { locksFold } from '#shared/rooms/lock-state.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import type { DraftSocketDeps } from './draft-socket.ts'
import type { DraftingDeps } from './drafting-service.ts'

type CaseOfDraft = Pick<DraftingDeps, 'template' | 'language' | 'caseNumber' | 'draftState' | 'restoring' | 'runSystem'>
type DraftAccess = Pick<DraftSocketDeps, 'mayRead' | 'mayWrite' | 'mayRestore' | 'readyOf'>

export function caseOfDraft(log: Pick<CaseLog, 'state' | 'refresh' | 'step'>): CaseOfDraft {
  const read = async <State>(caseId: CaseId, slice: Slice<State>, audience: Audience) => stateOf(await log.state(caseId), slice, audience)
  return {
    async template(caseId) {
      const { facts, openedAt } = await read(caseId, caseFold, 'case')
      if (!facts) throw new AppError({ kind: 'not-found' })
      return templateOf(facts, localDay(openedAt))
    },
    language: async (caseId) => (await read(caseId, caseFold, 'case')).facts?.draftLanguage ?? 'ru',
    caseNumber: async (caseId) => (await read(caseId, caseFold, 'case')).facts?.number,
    async draftState(caseId) {
      await log.refresh(caseId)
      return read(caseId, draftFold, 'all')
    },
    restoring: (caseId) => read(caseId, restoringFold, 'all'),
    runSystem: (caseId, command, input, cause) => log.step(caseId, command, input, stepId(cause)),
  }
}

export function draftAccess({ log, clock }: { readonly log: Pick<CaseLog, 'loaded'>; readonly clock: Clock }): DraftAccess {
  function situation({ caseId, id }: Person) {
    const state = log.loaded(caseId)
    const { phase, session } = stateOf(state, caseFold, 'case')
    const inAll = readsAt(stateOf(state, roomFold, 'all'), id, clock.now())
    // Whether the text is closed is the draft's own sequence to say, edit by edit.
    const locked = stateOf(state, locksFold, 'all').draft !== undefined
    return { phase, session, inAll, draft: 'open' as const, locked }
  }
  return {
    mayRead: (actor, document: CaseDocument) => canReadDocument(document, actor, situation(actor)),
    mayRestore: (actor) => canReadStates(actor, situation(actor)),
    readyOf: ({ caseId, id }) => stateOf(log.loaded(caseId), readyFold, directAudience(id)).ready?.revision,
    mayWrite: (actor, document: CaseDocument) => canEditDocument(document, actor, situation(actor)),
  }
}

function stateOf<State>(state: LoadedCase, slice: Slice<State>, audience: Audience): State {
  return stateIn(state.audiences, slice, audience) ?? slice.initial
}
