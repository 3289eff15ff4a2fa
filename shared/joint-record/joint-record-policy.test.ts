import { expect, it } from 'vitest'
import type { CaseFacts } from '#shared/cases/case-state.ts'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { SMALL_CASE } from '#shared/cases/testing/opened.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { canExportRecord } from './joint-record-policy.ts'

const id = asId<ParticipantId>('p')
const person = (role: Role): Person => ({
  kind: 'person',
  caseId: asId('c'),
  id,
  role,
  ...(role === 'mediator' ? {} : { sideId: asId('s') }),
})
const membership = { since: 3, until: undefined, at: 1, wordsAfter: 0, late: false }
const rooms: Readonly<Record<string, RoomState>> = {
  whole: { ...roomFold.initial, members: { [id]: membership } },
  late: { ...roomFold.initial, members: { [id]: { ...membership, wordsAfter: 2, late: true } } },
  'late, all opened': { ...roomFold.initial, members: { [id]: { ...membership, late: true } } },
  left: { ...roomFold.initial, members: { [id]: { ...membership, until: 9 } } },
  'never in': roomFold.initial,
}

it('[REC-4] [REC-5] canExportRecord: by role, phase, and what of the joint session one reads', () => {
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const phase of CASE_PHASES) {
      const answers = (more: Partial<CaseFacts>) =>
        Object.entries(rooms).map(([name, room]) => [
          name,
          canExportRecord(person(role), room, { phase, facts: { ...SMALL_CASE, sides: [], people: [], ...more } }),
        ])
      expect(answers({})).toEqual([
        ['whole', 'yes'],
        ['late', 'not-whole'],
        ['late, all opened', 'yes'],
        ['left', 'not-theirs'],
        ['never in', 'not-theirs'],
      ])
      expect(answers({ conductedBy: 'judge' })).toEqual([
        ['whole', 'judge'],
        ['late', 'judge'],
        ['late, all opened', 'judge'],
        ['left', 'not-theirs'],
        ['never in', 'not-theirs'],
      ])
    }
  }
})
