import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type Procedure, procedureChanged } from './procedure-protocol.ts'

/** Folded from `case` alone: everybody whose code was accepted knows it. */
export const procedureFold: Fold<Procedure> = {
  name: 'procedure',
  initial: { caucusOnly: false, noVideo: false, breaks: false, interpreter: false },
  evolve(state, event) {
    return event.audience === 'case' && isEvent(event, procedureChanged) ? event.body : state
  },
}
