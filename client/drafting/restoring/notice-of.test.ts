import { describe, expect, it } from 'vitest'
import { testId } from '#client/realtime/testing/history.ts'
import { evolveRestoring } from '#shared/drafting/evolve-restoring.ts'
import {
  largeDeletion,
  restorationFailed,
  restorationRequested,
  textRestored,
  UNDO_DELETION_MS,
} from '#shared/drafting/restoring-protocol.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { DeletionId, ParticipantId, RestorationId } from '#shared/kernel/ids.ts'
import type { BodyOf, EventDefinition } from '#shared/protocol/define.ts'
import { deletionNotices, restorationNotice, toldUntil } from './notice-of.ts'
import { followed } from './use-restoring.ts'

const AIDOS = testId<ParticipantId>('aidos')
const MARAT = testId<ParticipantId>('marat')
const MEDIATOR = testId<ParticipantId>('mediator')
const deletionId = testId<DeletionId>('deletion')
const restorationId = testId<RestorationId>('restoration')
const AT = 1_700_000_000_000

class Told {
  state = restoringFold.initial
  seq = 0
  add<E extends EventDefinition>(definition: E, at: number, body: BodyOf<E>, by: By = 'system'): this {
    const event = { audience: 'all' as const, epoch: 0, seq: ++this.seq, type: definition.name, by, at, hash: '', body }
    this.state = evolveRestoring(this.state, event)
    return this
  }
  deleted = (at = AT) => this.add(largeDeletion, at, { deletionId, participantId: AIDOS, revision: 4, lines: 12 })
  asked = (at: number) => this.add(restorationRequested, at, { way: 'undo-deletion', restorationId, revision: 4, deletionId }, MARAT)
  back = (at: number) => this.add(textRestored, at, { restorationId, revision: 9 })
  failed = (at: number) => this.add(restorationFailed, at, { restorationId, fault: 'too-large' })
  phases = (now: number) => deletionNotices(this.state, now).map(({ phase }) => phase)
}

describe('a large deletion', () => {
  it('[DRA-170] can be undone for a minute by the server’s clock, and goes by itself', () => {
    const told = new Told().deleted()
    const left = (after: number) => told.phases(AT + after)
    expect(left(0)).toEqual([{ kind: 'open', secondsLeft: 60, fault: undefined }])
    expect(left(-5_000)).toEqual([{ kind: 'open', secondsLeft: 60, fault: undefined }])
    expect(left(12_000)).toEqual([{ kind: 'open', secondsLeft: 48, fault: undefined }])
    expect(left(59_999)).toEqual([{ kind: 'open', secondsLeft: 1, fault: undefined }])
    expect(left(60_000)).toEqual([])
    expect(toldUntil(told.state)).toBe(AT + UNDO_DELETION_MS)
  })

  it('[DRA-151] offers nothing any more once the text was begun anew, and goes on when an earlier one came back', () => {
    for (const [way, phases] of [
      ['begin-anew', []],
      ['bring-back', [{ kind: 'open', secondsLeft: 58, fault: undefined }]],
    ] as const) {
      const told = new Told().deleted().add(restorationRequested, AT + 1_000, { way, restorationId, revision: 4 }, MEDIATOR)
      expect(told.phases(AT + 1_000)).toHaveLength(1)
      expect(told.back(AT + 2_000).phases(AT + 2_000)).toEqual(phases)
    }
    const later = new Told().add(restorationRequested, AT, { way: 'begin-anew', restorationId, revision: 2 }, MEDIATOR)
    later.add(textRestored, AT, { restorationId, revision: 3 }).deleted()
    expect(later.phases(AT)).toEqual([{ kind: 'open', secondsLeft: 60, fault: undefined }])
  })

  it('[DRA-171] is under way, then back by whoever was the first, for a while', () => {
    const told = new Told().deleted().asked(AT + 20_000)
    expect(told.phases(AT + 21_000)).toEqual([{ kind: 'asked', by: MARAT }])
    expect(told.phases(AT + 90_000)).toEqual([{ kind: 'asked', by: MARAT }])
    told.back(AT + 22_000)
    expect(told.phases(AT + 23_000)).toEqual([{ kind: 'back', by: MARAT, at: AT + 22_000 }])
    expect(told.phases(AT + 81_000)).toEqual([{ kind: 'back', by: MARAT, at: AT + 22_000 }])
    expect(told.phases(AT + 82_000)).toEqual([])
  })

  it('[DRA-171] that could not be undone says why: while its minute lasts with another try, after it without', () => {
    const told = new Told()
      .deleted()
      .asked(AT + 20_000)
      .failed(AT + 22_000)
    expect(told.phases(AT + 23_000)).toEqual([{ kind: 'open', secondsLeft: 37, fault: 'too-large' }])
    expect(told.phases(AT + 61_000)).toEqual([{ kind: 'over', fault: 'too-large' }])
    expect(told.phases(AT + 82_000)).toEqual([])
    told.asked(AT + 30_000)
    expect(told.phases(AT + 31_000)).toEqual([{ kind: 'asked', by: MARAT }])
  })

  it('[DRA-170] small ones, told one after another, do not push out a large one that can still be undone', () => {
    const told = new Told().deleted()
    for (let other = 1; other <= 4; other++) {
      const body = { deletionId: testId<DeletionId>(`other${other}`), participantId: AIDOS, revision: 4 + other, lines: 4 }
      told.add(largeDeletion, AT + other * 10_000, body)
    }
    const shown = deletionNotices(told.state, AT + 41_000).map(({ deletion }) => deletion.lines)
    expect(shown).toEqual([4, 4, 12])
  })

  it('[DRA-170] of three at once the newest is first, older ones make room', () => {
    const told = new Told()
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries())
      told.add(largeDeletion, AT + index, { deletionId: testId<DeletionId>(name), participantId: AIDOS, revision: 4, lines: 5 + index })
    expect(deletionNotices(told.state, AT + 10).map(({ deletion }) => deletion.lines)).toEqual([8, 7, 6])
  })
})

describe('a text that comes back', () => {
  const mediators = (way: 'bring-back' | 'begin-anew') =>
    new Told().add(restorationRequested, AT, { way, restorationId, revision: 4 }, MEDIATOR)

  it.each(['bring-back', 'begin-anew'] as const)('[DRA-175] is told to all by who and when, for ten minutes (%s)', (way) => {
    const told = mediators(way)
    expect(restorationNotice(told.state, AT + 1)).toEqual({ kind: 'under-way', way, by: MEDIATOR })
    told.back(AT + 2_000)
    expect(restorationNotice(told.state, AT + 3_000)).toEqual({ kind: 'done', way, by: MEDIATOR, at: AT + 2_000 })
    expect(restorationNotice(told.state, AT + 602_000)).toBeUndefined()
    expect(toldUntil(told.state)).toBe(AT + 602_000)
  })

  it('[DRA-174] is followed by its own id: another’s is no answer, a failure says why', () => {
    const told = mediators('begin-anew')
    const other = testId<RestorationId>('other')
    expect(followed(told.state, undefined)).toEqual({ kind: 'another' })
    expect(followed(told.state, other)).toEqual({ kind: 'another' })
    expect(followed(told.state, restorationId)).toEqual({ kind: 'under-way' })
    told.failed(AT + 1)
    expect(followed(told.state, restorationId)).toEqual({ kind: 'failed', fault: 'too-large' })
    expect(followed(told.state, undefined)).toEqual({ kind: 'nothing' })
    expect(followed(mediators('bring-back').back(AT + 1).state, restorationId)).toEqual({ kind: 'done' })
    expect(restorationNotice(told.state, AT + 2)).toMatchObject({ kind: 'failed', fault: 'too-large' })
  })

  it('[DRA-172] the talk keeps a line of each deletion and of what came back, and none of what failed', () => {
    const told = new Told()
      .deleted()
      .asked(AT + 1)
      .failed(AT + 2)
      .asked(AT + 3)
      .back(AT + 4)
    told.add(restorationRequested, AT + 5, { way: 'bring-back', restorationId: testId<RestorationId>('next'), revision: 4 }, MEDIATOR)
    told.add(textRestored, AT + 6, { restorationId: testId<RestorationId>('next'), revision: 12 })
    expect(told.state.deletions.map(({ at }) => at - AT)).toEqual([0])
    expect(told.state.restored.map(({ way, by, endedAt }) => [way, by, endedAt - AT])).toEqual([
      ['undo-deletion', MARAT, 4],
      ['bring-back', MEDIATOR, 6],
    ])
  })
})
