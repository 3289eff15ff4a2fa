// Voice and video, of one audience each.
import { defineCapability } from '#shared/log/capability.ts'
import { holdCallAct, joinCallAct } from './calls-acts.ts'
import { callEnded, callOpened, callPaused, callResumed } from './calls-protocol.ts'
import { callFold } from './calls-state.ts'
import { evolveCall } from './evolve-call.ts'

export const calls = defineCapability({
  name: 'calls',
  acts: [holdCallAct, joinCallAct],
  events: [callOpened, callPaused, callResumed, callEnded],
  folds: [{ ...callFold, evolve: evolveCall }],
})
