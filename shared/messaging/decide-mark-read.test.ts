import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, selfAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { type AudienceState, type Fold, foldEvent } from '#shared/log/fold.ts'
import { markReadRule } from './decide-mark-read.ts'
import { MARKS_APART_MS, messagesRead } from './read-marks-protocol.ts'
import { furtherMarks, type Marks, marksIn, readMarksFold } from './read-marks-state.ts'

const party: Person = {
  kind: 'person',
  caseId: asId('case'),
  id: asId<ParticipantId>('party'),
  role: 'party',
  sideId: asId<SideId>('side'),
}
const OWN = selfAudience(party.id)
const SIDE: Audience = `side:${asId<SideId>('side')}`
const FOREIGN: Audience = `side:${asId<SideId>('foreign')}`
const NOW = 1_000_000

interface Asked {
  readonly marks: Marks
  readonly known?: Marks
  readonly at?: number
  readonly sees?: readonly Audience[]
}

function decide({ marks, known = {}, at = 0, sees = ['case', 'all', SIDE, OWN] }: Asked) {
  const states = new Map(
    sees.map((audience): [Audience, AudienceState] => {
      const slices = { [caseFold.name]: { ...caseFold.initial, phase: 'mediating' }, [readMarksFold.name]: { marks: known, at } }
      return [audience, { audience, epoch: 1, seq: 9, hash: '', slices }]
    }),
  )
  const deciding = { actor: party, now: NOW, newId: () => '', seen: undefined, facts: {} }
  return markReadRule.decide(viewOf(states), { marks: marksIn(marks) }, deciding)
}

const marked = (marks: Marks) => ({
  decided: true,
  events: [{ definition: messagesRead, audience: OWN, body: { marks: marksIn(marks) } }],
})
const nothing = { decided: true, events: [] }

describe('what somebody has read', () => {
  it.each<[string, Asked, Marks]>([
    ['the first', { marks: { all: 4 } }, { all: 4 }],
    ['further on; every room is named', { marks: { all: 7 }, known: { all: 4, [SIDE]: 2 } }, { all: 7, [SIDE]: 2 }],
    ['never beyond what is there', { marks: { all: 5_000 } }, { all: 9 }],
    ['a room of others is passed over', { marks: { [FOREIGN]: 3, [SIDE]: 3 } }, { [SIDE]: 3 }],
    ['a room that was left is forgotten', { marks: { all: 4 }, known: { [FOREIGN]: 3 } }, { all: 4 }],
    ['after the clock was set back', { marks: { all: 4 }, known: { all: 1 }, at: NOW + 60_000 }, { all: 4 }],
  ])('[MSG-41] stands in their own audience: %s', (_what, asked, marks) => {
    expect(decide(asked)).toEqual(marked(marks))
  })

  it.each<[string, Asked]>([
    ['what is marked already', { marks: { all: 4 }, known: { all: 4 } }],
    ['what lies behind', { marks: { all: 2 }, known: { all: 4 } }],
    ['what is no conversation', { marks: { case: 4, [OWN]: 4 } }],
    ['a room of others, as one that does not exist', { marks: { [FOREIGN]: 3 } }],
    ['what is marked already, however soon', { marks: { all: 4 }, known: { all: 4 }, at: NOW }],
  ])('[MSG-42] nothing is stored of %s', (_what, asked) => {
    expect(decide(asked)).toEqual(nothing)
  })

  it('[MSG-42] a mark that comes too soon after the last is told to wait', () => {
    const soon = { marks: { all: 7 }, known: { all: 4 } }
    expect(decide({ ...soon, at: NOW - 500 })).toEqual({ decided: false, problem: { kind: 'too-many', details: { seconds: 2 } } })
    expect(decide({ ...soon, at: NOW - MARKS_APART_MS })).toEqual(marked({ all: 7 }))
  })

  it('[MSG-41] whoever is not in the case has nothing to mark', () => {
    expect(decide({ marks: { all: 4 }, sees: [OWN] })).toMatchObject({ problem: { kind: 'not-found' } })
    expect(decide({ marks: { all: 4 }, sees: ['case', 'all'] })).toMatchObject({ problem: { kind: 'not-found' } })
  })

  it('[MSG-43] marks come out the same in any order, and however their chain is cut in two', () => {
    const some = fc.dictionary(fc.constantFrom('all', SIDE, FOREIGN), fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), fc.nat(12), (marks, cut) => {
        const events = marks.map((each, nth) => ({
          audience: OWN,
          epoch: 1,
          seq: nth + 1,
          type: messagesRead.name,
          by: party.id,
          at: nth + 1,
          hash: '',
          body: { marks: marksIn(each as Marks) }, // keys are audiences
        }))
        const fold = (part: typeof events) =>
          part.reduce((state, event) => foldEvent([readMarksFold as Fold], state, event), {
            audience: OWN,
            epoch: 1,
            seq: 0,
            hash: '',
            slices: {},
          } as AudienceState).slices[readMarksFold.name] ?? readMarksFold.initial // an empty audience
        const state = (part: typeof events) => fold(part) as typeof readMarksFold.initial // folded by this fold alone
        expect(readMarksFold.join?.(state(events.slice(0, cut)), state(events.slice(cut)))).toEqual(state(events))
        expect(state(events).marks).toEqual(marks.reduceRight<Marks>((all, each) => furtherMarks(all, each as Marks), {}))
      }),
      { seed: 43 },
    )
  })
})
