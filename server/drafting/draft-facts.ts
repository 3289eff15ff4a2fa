// What rules are told of the draft, each only to whom it concerns.
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { closingFactsOf } from '#shared/drafting/closing/closing-facts.ts'
import { closingFact, draftHeadFact, savedStatesFact } from '#shared/drafting/draft-facts.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canReadDraft, canRequestFreeze, canRestore } from '#shared/drafting/drafting-policy.ts'
import type { Drafting } from './drafting-service.ts'

const NO_DRAFT = { revision: 0, generation: 0 }

/** Nobody outside the joint session has it looked up, or a draft made: trouble with a draft, too, says that there is one. */
export function draftFacts(service: Pick<Drafting, 'head' | 'savedStates' | 'closing'>): readonly FactProvider[] {
  return [
    provideFact(draftHeadFact, async ({ caseId, actor, view }) =>
      actor.kind === 'person' && canReadDraft(draftSituation(view, actor)) ? service.head(caseId) : NO_DRAFT,
    ),
    provideFact(savedStatesFact, async ({ caseId, actor, view }) =>
      actor.kind === 'person' && canRestore(actor, draftSituation(view, actor)) ? service.savedStates(caseId) : [],
    ),
    provideFact(closingFact, async ({ caseId, actor, view, now }) => {
      const may = actor.kind === 'person' && canRequestFreeze(actor, draftSituation(view, actor))
      const facts = may ? closingFactsOf(view.state(caseFold, 'case') ?? caseFold.initial, now) : undefined
      return facts ? service.closing(caseId, facts) : { revision: 0, faults: [] }
    }),
  ]
}
