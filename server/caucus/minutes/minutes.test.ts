// A mediator's minutes with each side, over a real log: they add up, whatever happens, and nobody else learns of them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { act, idOf, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personAdd, personEnd } from '#shared/cases/people-protocol.ts'
import { UNTOLD_AT_MOST_MS } from '#shared/caucus/minutes/decide-move.ts'
import { minutesBySide } from '#shared/caucus/minutes/minutes-by-side.ts'
import { type MediatorPlace, MOVES_APART_MS, mediatorGo, mediatorMove, mediatorMoved } from '#shared/caucus/minutes/minutes-protocol.ts'
import { directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'

const MINUTE = 60_000

async function meeting(count = 3) {
  const clock = setClock()
  const storage = memoryStorage()
  const scene = supplyCase(count)
  const { caseId, mediator } = scene
  let log = serverOver({ storage, clock, seed: 'minutes' })
  await openSession(log, scene)
  let starts = 0
  return {
    clock,
    scene,
    log: () => log,
    move: (place: MediatorPlace) => act(log, mediator, mediatorMove, { place }),
    go: (untold?: true) => log.step(caseId, mediatorGo, { participantId: mediator.id, ...(untold ? { untold } : {}) }, newCommandId()),
    end: () => act(log, mediator, sessionEnd, {}),
    start: () => act(log, mediator, sessionStart, {}),
    /** Another server takes over, without the first having seen an end of anything. */
    killed() {
      starts++
      log = serverOver({ storage, clock, seed: `minutes-${starts}` })
    },
    moved: async () => (await log.readWhole(caseId, selfAudience(mediator.id))).filter(({ type }) => type === mediatorMoved.name),
    async minutes() {
      const view = viewOf((await log.state(caseId)).audiences)
      const state = view.state(caseFold, 'case')
      if (!state) throw new Error('no case')
      return minutesBySide(view, state, mediator.id, clock.now())
    },
    close: () => storage.close(),
  }
}

describe('minutes with each side', () => {
  it('[CAU-201] a side’s own room and the lines of its people count for that side, this session and the whole case', async () => {
    const { clock, scene, move, end, start, minutes, close } = await meeting()
    const [one, two, three] = scene.sides
    await move(sideAudience(one))
    clock.pass(12 * MINUTE)
    await move(directAudience(scene.people[0].id))
    clock.pass(3 * MINUTE)
    await move(sideAudience(two))
    clock.pass(5 * MINUTE)
    await move('all')
    clock.pass(7 * MINUTE)
    await end()
    clock.pass(90 * MINUTE)
    await start()
    await move(sideAudience(two))
    clock.pass(4 * MINUTE)
    const known = await minutes()
    expect(known.sides.get(one)).toEqual({ session: 0, whole: 15 * MINUTE })
    expect(known.sides.get(two)).toEqual({ session: 4 * MINUTE, whole: 9 * MINUTE })
    expect(three && known.sides.get(three)).toEqual({ session: 0, whole: 0 })
    expect(known.joint).toEqual({ session: 0, whole: 7 * MINUTE })
    expect(known.away).toEqual({ session: 0, whole: 0 })
    expect(known.total).toEqual({ session: 4 * MINUTE, whole: 31 * MINUTE })
    await close()
  })

  it('[CAU-202] nothing counts while there is no connection, and little of what a killed server has not seen the end of', async () => {
    const { clock, scene, move, go, killed, minutes, close } = await meeting()
    const [one] = scene.sides
    await move(sideAudience(one))
    clock.pass(10 * MINUTE)
    await go()
    clock.pass(20 * MINUTE)
    expect((await minutes()).sides.get(one)?.session).toBe(10 * MINUTE)
    expect((await minutes()).away.session).toBe(20 * MINUTE)
    await move(sideAudience(one))
    killed()
    clock.pass(600 * MINUTE)
    await go(true)
    expect((await minutes()).sides.get(one)?.session).toBe(10 * MINUTE + UNTOLD_AT_MOST_MS)
    await close()
  })

  it('[CAU-200] writes one move in two seconds at the most, none to where one is, none without a session', async () => {
    const { clock, scene, move, go, end, moved, close } = await meeting()
    const [one, two] = scene.sides
    await move(sideAudience(one))
    clock.pass(MOVES_APART_MS - 1)
    await expect(move(sideAudience(two))).rejects.toMatchObject({ problem: { kind: 'too-many', details: { seconds: 1 } } })
    clock.pass(1)
    await move(sideAudience(two))
    clock.pass(MINUTE)
    await move(sideAudience(two))
    expect(await moved()).toHaveLength(2)
    await go()
    await go()
    expect(await moved()).toHaveLength(3)
    await end()
    clock.pass(MINUTE)
    await move(sideAudience(one))
    expect(await moved()).toHaveLength(3)
    await close()
  })

  it('[CAU-200] nobody else is in that audience, and a room that one is not in is no place', async () => {
    const { clock, scene, log, move, close } = await meeting()
    await move(sideAudience(scene.sides[0]))
    clock.pass(MINUTE)
    await expect(move('side:somewhere-else-entirel' as MediatorPlace)).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    const [side] = scene.people
    for (const place of ['all', 'board'] as const)
      await expect(act(log(), side, mediatorMove, { place })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    const own = selfAudience(scene.mediator.id)
    const coMediator = { ...scene.mediator, id: idOf<typeof scene.mediator.id>('second') }
    for (const other of [side, coMediator])
      expect(
        await log()
          .readAs(scene.caseId, other.id, own, 0, 100)
          .catch((cause: unknown) => cause),
      ).not.toContainEqual(expect.anything())
    await close()
  })

  it('[CAU-201] [CAU-211] however many people and rooms there were, the case opens again, and each side keeps its minutes', async () => {
    const { clock, scene, log, move, killed, minutes, close } = await meeting(2)
    const [side] = scene.sides
    const PEOPLE = 310
    for (let nth = 0; nth < PEOPLE; nth++) {
      const participantId = idOf<ParticipantId>(`lawyer-${nth}`)
      const facts = { role: 'lawyer', name: 'Мария Жук', language: 'ru', sideId: side } as const
      await act(log(), scene.mediator, personAdd, { participantId, ...facts })
      await move(directAudience(participantId))
      clock.pass(MINUTE)
      await act(log(), scene.mediator, personEnd, { participantId })
    }
    await move('board')
    killed()
    const known = await minutes()
    expect(known.sides.get(side)).toEqual({ session: PEOPLE * MINUTE, whole: PEOPLE * MINUTE })
    expect(known.elsewhere.whole).toBe(0)
    await close()
  }, 60_000)

  it('[CAU-201] the rooms and the time away add up to the sessions, with fast switches, drops and restarts', async () => {
    const deed = fc.record({
      does: fc.oneof({ weight: 8, arbitrary: fc.constant('move' as const) }, fc.constantFrom('go', 'untold', 'killed', 'end', 'start')),
      place: fc.nat(5),
      after: fc.oneof(fc.nat(3_000), fc.nat(40 * MINUTE)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 30 }), async (plan) => {
        const world = await meeting()
        const { sides, people } = world.scene
        const places: MediatorPlace[] = ['all', 'board', ...sides.map(sideAudience), directAudience(people[0].id)]
        const deeds = {
          move: (to: MediatorPlace) => world.move(to),
          go: () => world.go(),
          untold: () => world.go(true),
          killed: async () => world.killed(),
          end: world.end,
          start: world.start,
        }
        const watch = makeWatch(world.clock.now())
        for (const { does, place, after } of plan) {
          const to = places[place] ?? 'all'
          if (await isDone(deeds[does](to))) watch.saw(does, to)
          world.clock.pass(after)
          watch.pass(after)
        }
        const { total, joint, elsewhere, away, sides: bySide } = await world.minutes()
        const parts = [joint, elsewhere, away, ...bySide.values()]
        expect(parts.reduce((sum, { whole }) => sum + whole, 0)).toBe(total.whole)
        expect(parts.reduce((sum, { session }) => sum + session, 0)).toBe(total.session)
        expect({ total: total.whole, joint: joint.whole, board: elsewhere.whole, away: away.whole }).toEqual({
          total: watch.at(() => true),
          joint: watch.at((at) => at === 'all'),
          board: watch.at((at) => at === 'board'),
          away: watch.at((at) => at === undefined),
        })
        await world.close()
      }),
      { numRuns: 40 },
    )
  })
})

/** What a watch in the mediator's hand would say. */
function makeWatch(start: number) {
  let now = start
  let since = start
  let here: MediatorPlace | undefined
  let inSession = true
  let stretches: { readonly place: MediatorPlace | undefined; readonly from: number; readonly to: number }[] = []
  return {
    saw(deed: string, to: MediatorPlace) {
      const cut = since + UNTOLD_AT_MOST_MS
      if (deed === 'untold')
        stretches = stretches.flatMap((each) =>
          each.from < since
            ? [each]
            : [
                { ...each, to: Math.max(each.from, Math.min(each.to, cut)) },
                { place: undefined, from: Math.min(each.to, Math.max(each.from, cut)), to: each.to },
              ],
        )
      if (deed === 'go' || deed === 'untold') [here, since] = [undefined, now]
      if (deed === 'move' && inSession && to !== here) [here, since] = [to, now]
      if (deed === 'end' || deed === 'start') inSession = deed === 'start'
    },
    pass(milliseconds: number) {
      if (inSession) stretches.push({ place: here, from: now, to: now + milliseconds })
      now += milliseconds
    },
    at: (is: (place: MediatorPlace | undefined) => boolean) =>
      stretches.reduce((sum, { place, from, to }) => sum + (is(place) ? to - from : 0), 0),
  }
}

const isDone = (deed: Promise<unknown>) =>
  deed.then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof AppError) return false
      throw cause
    },
  )
