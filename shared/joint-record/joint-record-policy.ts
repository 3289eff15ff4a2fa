import type { CaseState } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { isMember, type RoomState, wordsAfter } from '#shared/rooms/room-state.ts'
import { exportRecordAct } from './joint-record-acts.ts'

/** 'judge': whoever conciliates as a judge keeps no record (CPC, art. 179(7)). */
export type ExportAnswer = 'yes' | 'not-theirs' | 'not-whole' | 'judge'

/** Whether somebody may have the record. Only whoever reads it from its beginning: a chain has no other. */
export function canExportRecord(actor: Person, room: RoomState, { phase, facts }: Pick<CaseState, 'phase' | 'facts'>): ExportAnswer {
  if (!isMember(room, actor.id) || !may(actor, exportRecordAct, 'all', phase)) return 'not-theirs'
  if (facts?.conductedBy === 'judge') return 'judge'
  return wordsAfter(room, actor.id) > 0 ? 'not-whole' : 'yes'
}
