import { describe, expect, it } from 'vitest'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { createTestClock } from '#client/realtime/testing/test-clock.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import { selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { emptyAudience } from '#shared/log/fold.ts'
import { type Marks, type marksIn, readMarksFold } from '#shared/messaging/read-marks-state.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { createReadMarks } from './read-marks.ts'

const ME = testId<ParticipantId>('me')
const OWN = selfAudience(ME)
const CAUCUS = sideAudience(testId<SideId>('side'))
type Answer = (marks: Marks) => CommandAck | undefined

/** One person's server, and devices of theirs that are told of each mark. */
function person(answers: Answer[] = []) {
  const clock = createTestClock()
  const told: Marks[] = []
  let marks: Marks = {}
  const snapshots: ((marks: Marks) => void)[] = []
  const tellAll = () => {
    for (const tell of snapshots) tell(marks)
  }
  return {
    clock,
    told,
    device(kept?: Marks) {
      const known = (now: Marks) =>
        ({
          me: ME,
          audiences: new Map([[OWN, { ...emptyAudience(OWN), slices: { [readMarksFold.name]: { marks: now, at: 0 } } }]]),
        }) as Partial<CaseSnapshot> as CaseSnapshot // what marks read of it
      const snapshot = createStore(known(marks))
      snapshots.push((now) => snapshot.set(known(now)))
      let remembered = kept
      return createReadMarks({
        timers: clock,
        store: { snapshot: snapshot.state, subscribe: snapshot.subscribe } as never, // as above
        storage: kept && ({ read: () => remembered, rememberRead: (now: Marks) => (remembered = now) } as never), // as above
        tell: async (_definition, input) => {
          const { marks: said } = input as unknown as { marks: ReturnType<typeof marksIn> } // the one command that is told here
          const now = Object.fromEntries(said.map(({ audience, seq }) => [audience, seq]))
          told.push(now)
          const answer = answers.shift()
          if (answer) return answer(now)
          marks = { ...marks, ...now }
          tellAll()
          return { ok: true, value: { at: [] } }
        },
      })
    },
  }
}

describe('read marks on a device', () => {
  it('[LIV-74] count here at once, are told together a moment later, and hold on the other device', async () => {
    const { clock, told, device } = person()
    const [laptop, phone] = [device(), device()]
    for (const seq of [3, 4, 5]) laptop.saw('all', seq)
    laptop.saw(CAUCUS, 2)
    expect(laptop.state()).toEqual({ all: 5, [CAUCUS]: 2 })
    expect([told, phone.state()]).toEqual([[], {}])
    await clock.wind(5_000)
    expect(told).toEqual([{ all: 5, [CAUCUS]: 2 }])
    expect(phone.state()).toEqual({ all: 5, [CAUCUS]: 2 })
    phone.saw('all', 5)
    phone.saw('all', 4)
    await clock.wind(60_000)
    expect(told).toHaveLength(1)
  })

  it('[LIV-74] are told at once when the page is hidden', async () => {
    const { clock, told, device } = person()
    const marks = device()
    marks.saw('all', 3)
    marks.flush()
    await clock.wind(0)
    expect(told).toEqual([{ all: 3 }])
  })

  it.each<[string, Answer, number]>([
    ['no answer', () => undefined, 2],
    ['told to wait', () => ({ ok: false, problem: { kind: 'too-many', details: { seconds: 2 } } }), 2],
    ['refused for good, as by an older server', () => ({ ok: false, problem: { kind: 'unsupported' } }), 1],
  ])('[LIV-74] %s: said again as often as it helps', async (_what, answer, times) => {
    const { clock, told, device } = person([answer])
    device().saw('all', 3)
    await clock.wind(600_000)
    expect(told).toEqual(Array.from({ length: times }, () => ({ all: 3 })))
  })

  it('[LIV-74] what a device of an earlier release had kept is not new again', async () => {
    const { clock, told, device } = person()
    const marks = device({ all: 7 })
    expect(marks.state()).toEqual({ all: 7 })
    await clock.wind(10_000)
    expect(told).toEqual([{ all: 7 }])
  })

  it('[LIV-74] after the case was wiped here nothing is told', async () => {
    const { clock, told, device } = person()
    const marks = device()
    marks.saw('all', 3)
    marks.wipe()
    marks.saw('all', 4)
    await clock.wind(60_000)
    expect(told).toEqual([])
  })
})
