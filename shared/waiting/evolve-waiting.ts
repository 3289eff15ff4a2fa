import { mediationEnded, sessionEnded } from '#shared/cases/case-protocol.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import type { TaskId } from '#shared/kernel/ids.ts'
import { type Evolve, isEvent } from '#shared/log/fold.ts'
import { estimateGiven, estimateWithdrawn } from './estimate-protocol.ts'
import { taskAnswered, taskGiven, taskWithdrawn } from './task-protocol.ts'
import { type EstimateState, estimateFold, type GivenTask, type TasksState } from './waiting-state.ts'

export const evolveEstimate: Evolve<EstimateState> = (state, event) => {
  if (event.audience !== 'case') return state
  if (isEvent(event, estimateGiven)) return { estimate: { at: event.body.at, by: event.by } }
  const ends = isEvent(event, estimateWithdrawn) || isEvent(event, sessionEnded) || isEvent(event, mediationEnded)
  return ends && state.estimate ? estimateFold.initial : state
}

export const evolveTasks: Evolve<TasksState> = (state, event) => {
  if (audienceKind(event.audience) !== 'side') return state
  const change = (taskId: TaskId, changed: (task: GivenTask) => GivenTask): TasksState => {
    const task = state.tasks[taskId]
    return task ? { tasks: { ...state.tasks, [taskId]: changed(task) } } : state
  }
  if (isEvent(event, taskGiven)) {
    const { taskId, task } = event.body
    return { tasks: { ...state.tasks, [taskId]: { task, at: event.at, isWithdrawn: false, answers: {} } } }
  }
  if (isEvent(event, taskAnswered) && event.by !== 'system') {
    const { by, at } = event
    const { taskId, answer } = event.body
    return change(taskId, (task) => ({ ...task, answers: { ...task.answers, [by]: { answer, at } } }))
  }
  return isEvent(event, taskWithdrawn) ? change(event.body.taskId, (task) => ({ ...task, isWithdrawn: true })) : state
}
