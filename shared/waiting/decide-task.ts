// Every event of a task stands in the room of the side that it was given to, and nowhere else.
import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule, refuse, type View } from '#shared/log/decide.ts'
import { isSideThere } from '#shared/rooms/room-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import {
  MAX_OPEN_TASKS,
  type Task,
  type TaskAnswer,
  taskAnswer,
  taskAnswered,
  taskGive,
  taskGiven,
  taskWithdraw,
  taskWithdrawn,
} from './task-protocol.ts'
import { answerTaskAct, giveTaskAct } from './waiting-acts.ts'
import { canAnswerTask, canGiveTask, canWithdrawTask } from './waiting-policy.ts'
import { openTasksIn, tasksFold } from './waiting-state.ts'

function look(view: View, sideId: SideId) {
  const audience = sideAudience(sideId)
  const room = view.state(roomFold, audience)
  const known = view.state(tasksFold, audience)
  const state = view.state(caseFold, 'case')
  return room && known && state ? { audience, room, known, state } : undefined
}

export const giveTaskRule = personRule({
  command: taskGive,
  weight: 'words',
  decide(view, { to, task }, { actor }) {
    const given = []
    for (const { sideId, taskId } of to) {
      const seen = look(view, sideId)
      if (!seen) return refuse('not-found')
      if (!mayAtAll(actor, giveTaskAct, seen.audience)) return refuse('forbidden')
      if (!seen.state.session) return refuse('conflict', 'waiting/no-session')
      if (!canGiveTask(actor, sideId, seen.state)) return refuse('conflict', 'waiting/over')
      if (seen.known.tasks[taskId]) return refuse('conflict')
      if (!isSideThere(seen.state, sideId, seen.room)) return refuse('conflict', 'waiting/nobody-there')
      if (openTasksIn(seen.known).length >= MAX_OPEN_TASKS) return refuse('conflict', 'waiting/too-many')
      given.push(newEvent(taskGiven, seen.audience, { taskId, task }))
    }
    if (hasTwice(to.map(({ sideId }) => sideId))) return refuse('invalid', 'waiting/twice', { field: 'to' })
    if (task.kind === 'rank' && hasTwice(task.topics)) return refuse('invalid', 'waiting/twice', { field: 'task' })
    return decided(...given)
  },
})

export const answerTaskRule = personRule({
  command: taskAnswer,
  weight: 'words',
  decide(view, { sideId, taskId, answer }, { actor }) {
    const seen = look(view, sideId)
    const given = seen?.known.tasks[taskId]
    if (!seen || !given) return refuse('not-found')
    if (!mayAtAll(actor, answerTaskAct, seen.audience)) return refuse('forbidden')
    if (given.isWithdrawn) return refuse('conflict', 'waiting/withdrawn')
    if (!canAnswerTask(actor, sideId, { phase: seen.state.phase, room: seen.room })) return refuse('conflict', 'waiting/over')
    if (!answers(given.task, answer)) return refuse('invalid', undefined, { field: 'answer' })
    return decided(newEvent(taskAnswered, seen.audience, { taskId, answer }))
  },
})

export const withdrawTaskRule = personRule({
  command: taskWithdraw,
  decide(view, { sideId, taskId }, { actor }) {
    const seen = look(view, sideId)
    const given = seen?.known.tasks[taskId]
    if (!seen || !given) return refuse('not-found')
    if (!canWithdrawTask(actor, sideId)) return refuse('forbidden')
    return given.isWithdrawn ? decided() : decided(newEvent(taskWithdrawn, seen.audience, { taskId }))
  },
})

/** Of its kind; an order names each topic once. */
function answers(task: Task, answer: TaskAnswer): boolean {
  if (task.kind !== 'rank' || answer.kind !== 'rank') return task.kind === answer.kind
  return answer.order.length === task.topics.length && !hasTwice(answer.order) && answer.order.every((place) => place < task.topics.length)
}

function hasTwice(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length
}
