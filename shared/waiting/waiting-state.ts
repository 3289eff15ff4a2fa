import { mediationEnded, sessionEnded } from '#shared/cases/case-protocol.ts'
import type { By } from '#shared/kernel/actor.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId, TaskId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { estimateGiven, estimateWithdrawn } from './estimate-protocol.ts'
import { type Task, type TaskAnswer, taskAnswered, taskGiven, taskWithdrawn } from './task-protocol.ts'

export interface EstimateState {
  readonly estimate: { readonly at: number; readonly by: By } | undefined
}

const NONE: EstimateState = { estimate: undefined }

/** Folded from `case` alone. It ends by hand, with the session or with the mediation: never by what happens in a room. */
export const estimateFold: Fold<EstimateState> = {
  name: 'estimate',
  initial: NONE,
  evolve(state, event) {
    if (event.audience !== 'case') return state
    if (isEvent(event, estimateGiven)) return { estimate: { at: event.body.at, by: event.by } }
    const ends = isEvent(event, estimateWithdrawn) || isEvent(event, sessionEnded) || isEvent(event, mediationEnded)
    return ends && state.estimate ? NONE : state
  },
}

export interface GivenTask {
  readonly task: Task
  readonly at: number
  readonly isWithdrawn: boolean
  readonly answers: Readonly<Record<ParticipantId, { readonly answer: TaskAnswer; readonly at: number }>>
}

/** Folded from one side's room alone. */
export interface TasksState {
  readonly tasks: Readonly<Record<TaskId, GivenTask>>
}

export const tasksFold: Fold<TasksState> = {
  name: 'tasks',
  initial: { tasks: {} },
  evolve(state, event) {
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
  },
}

export interface NamedTask extends GivenTask {
  readonly taskId: TaskId
}

/** In the order in which they were given. */
export function tasksIn({ tasks }: TasksState): readonly NamedTask[] {
  return (Object.entries(tasks) as [TaskId, GivenTask][]).map(([taskId, task]) => ({ ...task, taskId }))
}

export function openTasksIn(state: TasksState): readonly NamedTask[] {
  return tasksIn(state).filter(({ isWithdrawn }) => !isWithdrawn)
}
