// A mediator's list of cases: what stands in it, whom it is shown to, and that no log is read for it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tableOf } from '#server/log/projection.ts'
import type { Storage } from '#server/storage/ports.ts'
import { answered } from '#server/testing/http-world.ts'
import { accepted, startSession } from '#server/testing/live-room.ts'
import {
  addMediator,
  newCase,
  type OpenCase,
  openCase,
  type PlatformWorld,
  platformWorld,
  setUpOwner,
} from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationEnd, sessionEnd } from '#shared/cases/case-protocol.ts'
import { CASES_PER_PAGE, caseCreate, caseList, caseLook, type ListedState } from '#shared/cases/case-routes.ts'
import { caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { caseListProjection } from './case-list.ts'

let storage: Storage
let world: PlatformWorld
let owner: OpenCase['staff']
let staff: OpenCase['staff']
/** From now on no commit of any case can be read. */
let isLogClosed: boolean
beforeEach(async () => {
  isLogClosed = false
  const whole = memoryStorage()
  const refusing =
    <Args extends readonly unknown[], Answer>(read: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      if (isLogClosed) throw new Error('the log was read')
      return read(...args)
    }
  const { readCase, readAudience, findCommand } = whole.log
  const log = { ...whole.log, readCase: refusing(readCase), readAudience: refusing(readAudience), findCommand: refusing(findCommand) }
  storage = { ...whole, log }
  world = await platformWorld({ storage })
  owner = await setUpOwner(world)
  staff = await addMediator(world, owner)
})
afterEach(() => world.close())

const listed = async (browser = staff, state: ListedState = 'running', after?: string) =>
  answered(await browser.call(caseList, { state, ...(after === undefined ? {} : { after }) }))

/** As after a stop and a start. */
async function restart(): Promise<void> {
  await world.stop()
  const { installation } = world
  world = await platformWorld({ storage, installation, port: Number(new URL(world.url).port) })
}

describe('[CAS-18] the list of cases', () => {
  it('[CAS-18] reads no log: not the first time, not after a start', async () => {
    const { caseId } = await openCase(world, staff)
    await restart()
    isLogClosed = true
    expect((await listed()).cases).toMatchObject([{ caseId, phase: 'preparing' }])
    expect((await staff.call(caseLook, { caseId })).ok).toBe(false)
  })

  it('[CAS-18] says what the case says, from the moment on that it was committed', async () => {
    const open = await openCase(world, staff)
    const summary = async () => (await listed()).cases.find(({ caseId }) => caseId === open.caseId)
    expect(await summary()).toEqual(answered(await staff.call(caseLook, { caseId: open.caseId })).summary)
    const { mediator } = await startSession(world, open)
    expect(await summary()).toMatchObject({
      title: 'Береке — Дала Жем',
      phase: 'mediating',
      inSession: true,
      sides: ['Береке', 'Дала Жем'],
    })
    accepted(await say(mediator.socket, sessionEnd, {}))
    expect(await summary()).toMatchObject({ phase: 'mediating', inSession: false })
    accepted(await say(mediator.socket, mediationEnd, { ground: 'circumstances' }))
    expect(await summary()).toBeUndefined()
    expect((await listed(staff, 'closed')).cases).toEqual([answered(await staff.call(caseLook, { caseId: open.caseId })).summary])
  })

  it('[CAS-18] comes newest first, a page at a time, each case once', async () => {
    const count = CASES_PER_PAGE + 3
    const opened: CaseId[] = []
    for (let at = 0; at < count; at++) {
      world.clock.shift(1_000)
      opened.push(answered(await staff.call(caseCreate, newCase(` ${at}`))).caseId)
    }
    const first = await listed()
    const second = await listed(staff, 'running', first.more)
    expect([first.cases.length, second.cases.length, second.more]).toEqual([CASES_PER_PAGE, 3, undefined])
    expect([...first.cases, ...second.cases].map(({ caseId }) => caseId)).toEqual(opened.toReversed())
    expect((await listed(await addMediator(world, owner), 'running', first.more)).cases).toEqual([])
    expect((await staff.call(caseList, { state: 'running', after: 'nowhere' })).status).toBe(422)
  })

  it('[CAS-19] tells nothing of a caucus, and tells people of the case nothing', async () => {
    const open = await openCase(world, staff)
    const { mediator, people, sides } = await startSession(world, open)
    const before = await listed()
    const [sideId] = sides
    accepted(await say(mediator.socket, caucusInvite, { sideId }))
    await mediator.resume()
    accepted(await mediator.post(sideAudience(sideId), 'тек осы тарапқа'))
    expect(await listed()).toEqual(before)
    for (const { me } of people) expect(JSON.stringify(before)).not.toContain(me)
    expect((await open.people[0]?.browser.call(caseList, { state: 'running' }))?.ok).toBe(false)
    expect(caseListProjection.reads).toEqual(['case'])
    const standing = await world.installation.storage.projections.ofCase(tableOf(caseListProjection), open.caseId)
    expect(JSON.stringify(standing)).not.toContain('Береке')
  })
})
