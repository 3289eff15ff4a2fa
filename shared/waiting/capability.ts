// What people have while the mediator is elsewhere: a time to expect, and something to do.
import { defineCapability } from '#shared/log/capability.ts'
import { estimateGiven, estimateWithdrawn } from './estimate-protocol.ts'
import { evolveEstimate, evolveTasks } from './evolve-waiting.ts'
import { taskAnswered, taskGiven, taskWithdrawn } from './task-protocol.ts'
import { answerTaskAct, giveEstimateAct, giveTaskAct, withdrawTaskAct } from './waiting-acts.ts'
import { estimateFold, tasksFold } from './waiting-state.ts'

export const waiting = defineCapability({
  name: 'waiting',
  acts: [giveEstimateAct, giveTaskAct, withdrawTaskAct, answerTaskAct],
  events: [estimateGiven, estimateWithdrawn, taskGiven, taskAnswered, taskWithdrawn],
  folds: [
    { ...estimateFold, evolve: evolveEstimate },
    { ...tasksFold, evolve: evolveTasks },
  ],
})
