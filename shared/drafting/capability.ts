// The living draft: who is ready, its freezing, and the texts that are brought back.
import { defineCapability } from '#shared/log/capability.ts'
import { editDraftAct, editNoteAct, freezeAct, readNoteAct, restoreAct, sayReadyAct, withdrawReadyAct } from './drafting-acts.ts'
import { draftReopened, freezeCancelled, freezeRequested, readyGiven, readyWithdrawn, versionFrozen } from './drafting-protocol.ts'
import { draftFold, readyFold } from './drafting-state.ts'
import { evolveDraft, evolveReady } from './evolve-draft.ts'
import { evolveRestoring } from './evolve-restoring.ts'
import { largeDeletion, restorationFailed, restorationRequested, textRestored } from './restoring-protocol.ts'
import { restoringFold } from './restoring-state.ts'

export const drafting = defineCapability({
  name: 'drafting',
  acts: [editDraftAct, readNoteAct, editNoteAct, sayReadyAct, withdrawReadyAct, restoreAct, freezeAct],
  events: [
    readyGiven,
    readyWithdrawn,
    freezeRequested,
    freezeCancelled,
    versionFrozen,
    draftReopened,
    largeDeletion,
    restorationRequested,
    textRestored,
    restorationFailed,
  ],
  folds: [
    { ...draftFold, evolve: evolveDraft },
    { ...readyFold, evolve: evolveReady },
    { ...restoringFold, evolve: evolveRestoring },
  ],
})
