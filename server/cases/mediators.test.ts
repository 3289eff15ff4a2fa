// Another mediator: proposed on the case page, agreed to by all sides in the room, over the whole platform.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idOf } from '#server/testing/case-world.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { type Room, startSession } from '#server/testing/live-room.ts'
import { addMediator, type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { caseList, caseLook, caseMediatorPropose, mediatorChoices } from '#shared/cases/case-routes.ts'
import { mediatorAdd } from '#shared/cases/mediator-protocol.ts'
import { invitationList } from '#shared/identity/invitation-protocol.ts'
import { type AccountId, asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { consentAnswer } from '#shared/rooms/consent-protocol.ts'

const next = idOf<ParticipantId>('next')
let world: PlatformWorld
let owner: OpenCase['staff']
let other: OpenCase['staff']
let open: OpenCase
let room: Room

beforeEach(async () => {
  world = await platformWorld()
  owner = await setUpOwner(world)
  other = await addMediator(world, owner)
  open = await openCase(world, owner)
  room = await startSession(world, open)
})
afterEach(() => world.close())

async function propose(instead: boolean) {
  const { mediators } = answered(await owner.call(mediatorChoices, { caseId: open.caseId }))
  const [choice] = mediators
  if (!choice) throw new Error('nobody to propose')
  return owner.call(caseMediatorPropose, { caseId: open.caseId, participantId: next, accountId: choice.accountId, instead })
}

const answer = (who: 0 | 1, agreed: boolean) =>
  say(room.people[who].socket, consentAnswer, { audience: 'mediators', participantId: next, agreed })
const letIn = () => say(room.mediator.socket, mediatorAdd, { participantId: next })
const listed = async (staff: OpenCase['staff']) => answered(await staff.call(caseList, {})).cases.map(({ caseId }) => caseId)

describe('[CAS-208] another mediator', () => {
  it('[CAS-208] is one of the installation who is not of this case; nobody but its mediator learns who there is, or proposes', async () => {
    const { mediators } = answered(await owner.call(mediatorChoices, { caseId: open.caseId }))
    expect(mediators).toHaveLength(1)
    expect(refused(await other.call(mediatorChoices, { caseId: open.caseId }))).toBe('not-found')
    const [choice] = mediators
    const input = {
      caseId: open.caseId,
      participantId: next,
      accountId: choice?.accountId ?? asId<AccountId>('none'.padEnd(22, '_')),
      instead: false,
    } as const
    expect(refused(await other.call(caseMediatorPropose, input))).toBe('not-found')
    expect(refused(await owner.call(caseMediatorPropose, { ...input, accountId: asId<AccountId>('none'.padEnd(22, '_')) }))).toBe(
      'not-found',
    )
  })

  it('[CAS-208] comes when every side has agreed, each in private, and has nothing of the case before', async () => {
    answered(await propose(false))
    expect(await letIn()).toMatchObject({ ok: false, problem: { reason: 'rooms/no-consent' } })
    await answer(0, true)
    expect(await letIn()).toMatchObject({ ok: false, problem: { reason: 'rooms/no-consent' } })
    await answer(1, false)
    expect(await letIn()).toMatchObject({ ok: false, problem: { reason: 'rooms/no-consent' } })
    expect(refused(await other.call(caseLook, { caseId: open.caseId }))).toBe('not-found')
    expect(await listed(other)).toEqual([])
    await answer(1, true)
    expect(await letIn()).toMatchObject({ ok: true })
    expect(answered(await other.call(caseLook, { caseId: open.caseId })).summary.mediatorParticipantId).toBe(next)
    await expect.poll(() => listed(other)).toEqual([open.caseId])
    expect(await listed(owner)).toEqual([open.caseId])
    expect(await letIn()).toMatchObject({ ok: true })
  })

  it('[CAS-209] who comes in the place of another has the case, and the other keeps nothing of it: not its pages, list, people, nor a connection', async () => {
    answered(await propose(true))
    await answer(0, true)
    await answer(1, true)
    await letIn().catch(() => undefined) // the connection may be closed before the answer is read
    await expect.poll(() => room.mediator.closed.length).toBeGreaterThan(0)
    await expect.poll(() => listed(owner)).toEqual([])
    expect(await listed(other)).toEqual([open.caseId])
    expect(refused(await owner.call(caseLook, { caseId: open.caseId }))).toBe('not-found')
    expect(refused(await owner.call(invitationList, { caseId: open.caseId }))).toBe('not-found')
    const { facts } = answered(await other.call(caseLook, { caseId: open.caseId }))
    expect(facts.people.find(({ id }) => id === next)).toMatchObject({ role: 'mediator', insteadOf: room.mediator.me })
    expect(answered(await other.call(invitationList, { caseId: open.caseId })).invitations.length).toBeGreaterThan(0)
  })

  it('[CAS-212] one proposal has one account and one set of terms: who is asked later is asked about nobody else, and nothing else', async () => {
    answered(await propose(false))
    await addMediator(world, owner, 'Сәуле Ахмет')
    const { mediators } = answered(await owner.call(mediatorChoices, { caseId: open.caseId }))
    const asked = { caseId: open.caseId, participantId: next }
    const others = mediators.map(({ accountId, name }) => ({ accountId, name }))
    const unlike = others.find(({ name }) => name === 'Сәуле Ахмет')
    if (!unlike) throw new Error('nobody else')
    expect(refused(await owner.call(caseMediatorPropose, { ...asked, accountId: unlike.accountId, instead: false }))).toBe('conflict')
    const first = others.find(({ accountId }) => accountId !== unlike.accountId)
    if (!first) throw new Error('nobody proposed')
    expect(refused(await owner.call(caseMediatorPropose, { ...asked, accountId: first.accountId, instead: true }))).toBe('conflict')
    answered(await owner.call(caseMediatorPropose, { ...asked, accountId: first.accountId, instead: false }))
  })
})
