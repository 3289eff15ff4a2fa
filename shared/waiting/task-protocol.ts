// What a side may do while it waits. All of it stands in that side's own room: no other side learns that there is a task. Given to several
// sides it is as many events as sides, each with an id of its own.
import * as z from 'zod/mini'
import type { SideId, TaskId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, saidEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { lineField, storedLine, storedText, textField } from '#shared/protocol/text-fields.ts'

export const MIN_TOPICS = 2
export const MAX_TOPICS = 8
export const MAX_TOPIC_LENGTH = 120
export const MAX_CLAUSE_LENGTH = 120
export const MAX_ASK_LENGTH = 500
export const MAX_ANSWER_LENGTH = 2_000
/** Beyond them a side does not wait, it works. */
export const MAX_OPEN_TASKS = 5
const MAX_SIDES = 20

/** Made by the device, so that asking again is harmless. */
const taskId = idField<TaskId>()
const sideId = idField<SideId>()

const topics = <Line extends z.ZodMiniType<string>>(line: Line) => z.array(line).check(z.minLength(MIN_TOPICS), z.maxLength(MAX_TOPICS))

export const TASK_KINDS = ['rank', 'read', 'write'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

/** Put topics in order; read a clause of the settlement, named by its number or heading; write down in free words. */
const taskToGive = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rank'), topics: topics(lineField(MAX_TOPIC_LENGTH)) }),
  z.strictObject({ kind: z.literal('read'), clause: lineField(MAX_CLAUSE_LENGTH) }),
  z.strictObject({ kind: z.literal('write'), ask: textField(MAX_ASK_LENGTH) }),
])
const storedTask = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rank'), topics: topics(storedLine(MAX_TOPIC_LENGTH)) }),
  z.strictObject({ kind: z.literal('read'), clause: storedLine(MAX_CLAUSE_LENGTH) }),
  z.strictObject({ kind: z.literal('write'), ask: storedText(MAX_ASK_LENGTH) }),
])
export type Task = z.output<typeof storedTask>

/** Places in the list of topics, the most important first. */
const order = z.array(z.int().check(z.minimum(0), z.maximum(MAX_TOPICS - 1))).check(z.minLength(MIN_TOPICS), z.maxLength(MAX_TOPICS))

const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rank'), order }),
  z.strictObject({ kind: z.literal('read'), question: z.optional(textField(MAX_ANSWER_LENGTH)) }),
  z.strictObject({ kind: z.literal('write'), text: textField(MAX_ANSWER_LENGTH) }),
])
const storedAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rank'), order }),
  z.strictObject({ kind: z.literal('read'), question: z.optional(storedText(MAX_ANSWER_LENGTH)) }),
  z.strictObject({ kind: z.literal('write'), text: storedText(MAX_ANSWER_LENGTH) }),
])
export type TaskAnswer = z.output<typeof storedAnswer>

export const taskGive = defineCommand('task:give', {
  input: z.strictObject({
    to: z.array(z.strictObject({ sideId, taskId })).check(z.minLength(1), z.maxLength(MAX_SIDES)),
    task: taskToGive,
  }),
})
export const taskGiven = defineEvent('task:given', 1, z.strictObject({ taskId, task: storedTask }))

/** In place of what this person answered before. */
export const taskAnswer = defineCommand('task:answer', { input: z.strictObject({ sideId, taskId, answer }) })
export const taskAnswered = saidEvent(defineEvent('task:answered', 1, z.strictObject({ taskId, answer: storedAnswer })))

export const taskWithdraw = defineCommand('task:withdraw', { input: z.strictObject({ sideId, taskId }) })
export const taskWithdrawn = defineEvent('task:withdrawn', 1, z.strictObject({ taskId }))

export const WAITING_REASONS = [
  'waiting/past', // the time of the estimate
  'waiting/too-far',
  'waiting/over',
  'waiting/no-session',
  'waiting/nobody-there',
  'waiting/too-many',
  'waiting/twice', // the same topic, or the same side
  'waiting/withdrawn',
] as const
export type WaitingReason = (typeof WAITING_REASONS)[number]
