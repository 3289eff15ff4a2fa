// The part of the case log that drafting reads and writes: the folds of `all`, each step of the system once by its cause.

import { freezeCancel, freezeCancelled, versionFreeze, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { type DraftState, draftFold } from '#shared/drafting/drafting-state.ts'
import { evolveDraft } from '#shared/drafting/evolve-draft.ts'
import { evolveRestoring } from '#shared/drafting/evolve-restoring.ts'
import {
  deletionReport,
  largeDeletion,
  type Restoration,
  restorationFailed,
  restorationFinish,
  restorationRequested,
  textRestored,
} from '#shared/drafting/restoring-protocol.ts'
import { type RestoringState, restoringFold } from '#shared/drafting/restoring-state.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import type { DraftingDeps } from '../drafting-service.ts'
import { AIGUL, MEDIATOR } from './supply-case.ts'

export class DraftLog {
  state: DraftState = draftFold.initial
  restoring: RestoringState = restoringFold.initial
  readonly causes = new Set<string>()
  readonly events: ParsedEvent[] = []

  happens(definition: { readonly name: string }, body: unknown, by: By = 'system'): void {
    const seq = this.events.length + 1
    const event: ParsedEvent = { audience: 'all', epoch: 0, seq, type: definition.name, by, at: 1000 + seq, hash: '', body }
    this.events.push(event)
    this.state = evolveDraft(this.state, event)
    this.restoring = evolveRestoring(this.restoring, event)
  }

  asks(restoration: Restoration, by: By = MEDIATOR): void {
    this.happens(restorationRequested, restoration, by)
  }

  readonly deps: Pick<DraftingDeps, 'draftState' | 'restoring' | 'runSystem'> = {
    draftState: async () => this.state,
    restoring: async () => this.restoring,
    runSystem: async (_case, command, input, cause) => {
      if (this.causes.has(cause)) return
      this.causes.add(cause)
      const body = input as object
      if (command.name === deletionReport.name) this.happens(largeDeletion, body)
      if (command.name === restorationFinish.name && this.restoring.pending)
        this.happens('fault' in body ? restorationFailed : textRestored, body)
      if (this.state.phase.kind !== 'freezing') return
      if (command.name === freezeCancel.name) this.happens(freezeCancelled, body)
      if (command.name === versionFreeze.name) this.happens(versionFrozen, { ...body, signers: [AIGUL, MEDIATOR] })
    },
  }
}
