import { audienceKind } from '#shared/kernel/audience.ts'
import type { CommandId, MeetingId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import {
  type DateAnswer,
  datesAnswered,
  datesProposed,
  type MeetingPlace,
  meetingCancelled,
  meetingFixed,
  meetingNoted,
  type Notice,
  peopleRequired,
} from './scheduling-protocol.ts'

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

export const schedulingFold: Fold<SchedulingState> = {
  name: 'scheduling',
  initial: { proposal: undefined, meeting: undefined, changes: 0 },
  evolve(state, event) {
    if (event.audience !== 'case') return state
    if (isEvent(event, datesProposed)) return { ...state, proposal: event.body }
    if (isEvent(event, meetingFixed)) {
      const meeting = { ...event.body, isCancelled: false, changedAt: event.at }
      return { proposal: undefined, meeting, changes: state.changes + 1 }
    }
    if (isEvent(event, meetingCancelled) && state.meeting) {
      return { ...state, meeting: { ...state.meeting, isCancelled: true, changedAt: event.at }, changes: state.changes + 1 }
    }
    return state
  },
}

export interface DatesAnswered {
  readonly proposalId: CommandId
  readonly answers: readonly DateAnswer[]
  readonly words: string | undefined
  readonly at: number
}

/** What one person answered, folded from their own line to the mediator. */
export const dateAnswersFold: Fold<{ readonly answered: DatesAnswered | undefined }> = {
  name: 'date-answers',
  initial: { answered: undefined },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct' || !isEvent(event, datesAnswered)) return state
    const { proposalId, answers, words } = event.body
    return { answered: { proposalId, answers, words, at: event.at } }
  },
}

/** What the mediators alone know of dates. */
export interface DateNotesState {
  readonly required: { readonly proposalId: CommandId; readonly people: readonly ParticipantId[] } | undefined
  /** Letters that went, by what they were about. */
  readonly sent: Readonly<Record<string, number>>
}

export const dateNotesFold: Fold<DateNotesState> = {
  name: 'date-notes',
  initial: { required: undefined, sent: {} },
  evolve(state, event) {
    if (event.audience !== 'mediators') return state
    if (isEvent(event, peopleRequired)) return { ...state, required: event.body }
    if (isEvent(event, meetingNoted)) return { ...state, sent: { ...state.sent, [noticeKey(event.body)]: event.at } }
    return state
  },
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
