import type { CommandId, MeetingId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Slice } from '#shared/log/fold.ts'
import type { DateAnswer, MeetingPlace, Notice } from './scheduling-protocol.ts'

export interface Proposal {
  readonly proposalId: CommandId
  readonly times: readonly number[]
  readonly zone: string
  readonly minutes: number
}

export interface Meeting {
  readonly meetingId: MeetingId
  readonly sequence: number
  readonly at: number
  readonly zone: string
  readonly minutes: number
  readonly place: MeetingPlace
  readonly isCancelled: boolean
  /** When it was last fixed, moved or cancelled. */
  readonly changedAt: number
}

/** Folded from `case` alone: what everybody in it may know. */
export interface SchedulingState {
  /** What is being asked; nothing once a time is fixed. */
  readonly proposal: Proposal | undefined
  readonly meeting: Meeting | undefined
  /** How often a meeting was fixed, moved or cancelled. */
  readonly changes: number
}

export const schedulingFold: Slice<SchedulingState> = {
  name: 'scheduling',
  initial: { proposal: undefined, meeting: undefined, changes: 0 },
}

export interface DatesAnswered {
  readonly proposalId: CommandId
  readonly answers: readonly DateAnswer[]
  readonly words: string | undefined
  readonly at: number
}

/** What one person answered, folded from their own line to the mediator. */
export interface DateAnswersState {
  readonly answered: DatesAnswered | undefined
}

export const dateAnswersFold: Slice<DateAnswersState> = {
  name: 'date-answers',
  initial: { answered: undefined },
}

/** What the mediators alone know of dates. */
export interface DateNotesState {
  readonly required: { readonly proposalId: CommandId; readonly people: readonly ParticipantId[] } | undefined
  /** Letters that went, by what they were about. */
  readonly sent: Readonly<Record<string, number>>
}

export const dateNotesFold: Slice<DateNotesState> = {
  name: 'date-notes',
  initial: { required: undefined, sent: {} },
}

interface SentNotice {
  readonly meetingId: MeetingId
  readonly sequence: number
  readonly notice: Notice
  readonly participantId: ParticipantId
}

export function noticeKey({ meetingId, sequence, notice, participantId }: SentNotice): string {
  return `${meetingId}/${sequence}/${notice}/${participantId}`
}

/** It is not over, and not cancelled. */
export function isAhead(meeting: Meeting | undefined, now: number): meeting is Meeting {
  return meeting !== undefined && !meeting.isCancelled && now < meeting.at + meeting.minutes * 60_000
}
