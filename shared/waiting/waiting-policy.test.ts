import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { type Person, ROLES } from '#shared/kernel/actor.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { canAnswerTask, canGiveEstimate, canGiveTask, canWithdrawTask } from './waiting-policy.ts'

const SIDE = asId<SideId>('side')
const OTHER = asId<SideId>('other')
const ME = asId<ParticipantId>('me')
const within: RoomState = {
  ...roomFold.initial,
  members: { [ME]: { since: 1, until: undefined, at: 1, wordsAfter: 0, late: false } },
}
const ANSWERING = ['party', 'representative', 'lawyer']

describe('[WAI-1] [WAI-10] [WAI-12] who tells a time, who gives tasks, who answers them', () => {
  for (const role of ROLES) {
    for (const phase of CASE_PHASES) {
      const mediates = role === 'mediator'
      const sided =
        mediates || role === 'observer' || role === 'trainee' || role === 'interpreter' || role === 'expert' ? {} : { sideId: SIDE }
      const actor: Person = { kind: 'person', caseId: asId('c'), id: ME, role, ...sided }
      it(`[WAI-1] ${role}, ${phase}`, () => {
        expect(canGiveEstimate(actor, phase)).toBe(mediates && (phase === 'preparing' || phase === 'mediating'))
        for (const session of [undefined, { since: 1 }]) {
          expect(canGiveTask(actor, SIDE, { phase, session })).toBe(mediates && phase === 'mediating' && session !== undefined)
        }
        expect(canWithdrawTask(actor, SIDE)).toBe(mediates)
        for (const room of [undefined, roomFold.initial, within]) {
          const answers = phase === 'mediating' && ANSWERING.includes(role) && room === within
          expect(canAnswerTask(actor, SIDE, { phase, room })).toBe(answers)
          expect(canAnswerTask(actor, OTHER, { phase, room })).toBe(false)
        }
      })
    }
  }
})
