import type { By } from '#shared/kernel/actor.ts'
import type { ParticipantId, TaskId } from '#shared/kernel/ids.ts'
import type { Slice } from '#shared/log/fold.ts'
import type { Task, TaskAnswer } from './task-protocol.ts'

export interface EstimateState {
  readonly estimate: { readonly at: number; readonly by: By } | undefined
}

/** Folded from `case` alone. It ends by hand, with the session or with the mediation: never by what happens in a room. */
export const estimateFold: Slice<EstimateState> = {
  name: 'estimate',
  initial: { estimate: undefined },
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

export const tasksFold: Slice<TasksState> = {
  name: 'tasks',
  initial: { tasks: {} },
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
