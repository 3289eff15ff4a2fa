// The mediator's case page over HTTP: people corrected and added in a running case.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { idOf } from '#server/testing/case-world.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import {
  addMediator,
  linkAndCode,
  type OpenCase,
  openCase,
  type PlatformWorld,
  platformWorld,
  setUpOwner,
} from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationEnd, titleCorrect } from '#shared/cases/case-protocol.ts'
import { caseList, caseLook, caseNumberCorrect, casePersonAdd, casePersonCorrect, caseTitleCorrect } from '#shared/cases/case-routes.ts'
import { personCorrected } from '#shared/cases/people-protocol.ts'
import { invitationList } from '#shared/identity/invitation-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, CommandId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { type CommandAck, WIRE } from '#shared/protocol/wire.ts'

let world: PlatformWorld
let open: OpenCase
let storage: Storage
/** Records that are there already cannot be written anew. */
let isFull: boolean
beforeEach(async () => {
  isFull = false
  const whole = memoryStorage()
  const replace: Storage['records']['replace'] = async (collection, ...rest) => {
    if (isFull && collection === 'invitations') throw new AppError({ kind: 'unavailable' })
    return whole.records.replace(collection, ...rest)
  }
  storage = { ...whole, records: { ...whole.records, replace } }
  world = await platformWorld({ storage })
  open = await openCase(world, await setUpOwner(world))
})
afterEach(() => world.close())

const lawyer = idOf<ParticipantId>('lawyer')
const facts = { name: 'Мария Жук', role: 'representative', authority: 'сенімхат № 3', language: 'kk', phone: '+77010001122' } as const

async function look() {
  return answered(await open.staff.call(caseLook, { caseId: open.caseId }))
}

async function addInput() {
  const [side] = (await look()).facts.sides
  return { caseId: open.caseId, participantId: lawyer, sideId: side?.id ?? idOf<SideId>('none'), ...facts }
}

describe('[CAS-16] people on the case page', () => {
  it('[CAS-16] one who is added is there once with an invitation, and comes in by it', async () => {
    const input = await addInput()
    const { invitationId } = answered(await open.staff.call(casePersonAdd, input))
    expect(answered(await open.staff.call(casePersonAdd, input))).toEqual({ invitationId })
    expect((await look()).facts.people.filter(({ id }) => id === lawyer)).toMatchObject([{ name: 'Мария Жук', sideId: input.sideId }])
    const { invitations } = answered(await open.staff.call(invitationList, { caseId: open.caseId }))
    expect(invitations.find(({ id }) => id === invitationId)).toMatchObject({
      participantId: lawyer,
      contacts: { phone: '+77010001122', email: '' },
    })
    const session = answered(await world.browser().call(joinEnter, { ...(await linkAndCode(open.staff, invitationId)), keep: true }))
    expect(session).toMatchObject({ caseId: open.caseId, participantId: lawyer })
  })

  it('[CAS-16] nobody who is in the case already is added again as somebody else', async () => {
    const input = await addInput()
    const { summary } = await look()
    for (const participantId of [summary.mediatorParticipantId, (await look()).facts.people.at(-1)?.id ?? lawyer]) {
      expect(refused(await open.staff.call(casePersonAdd, { ...input, participantId }))).toBe('conflict')
    }
  })

  it('[CAS-16] a corrected name stands on the page and in the list, and a fault names its field', async () => {
    const { facts: before } = await look()
    const person = before.people.find(({ sideId }) => sideId !== undefined)
    const of = { caseId: open.caseId, participantId: person?.id ?? lawyer, language: 'kk', phone: '', email: 'a@x.kz' } as const
    const correct = (name: string, commandId: string) =>
      open.staff.call(casePersonCorrect, { ...of, commandId: idOf<CommandId>(commandId), name })
    answered(await correct('Айгүл Серікқызы', 'one'))
    answered(await correct('Айгүл Серікқызы', 'one'))
    expect((await look()).facts.people.find(({ id }) => id === of.participantId)?.name).toBe('Айгүл Серікқызы')
    const { invitations } = answered(await open.staff.call(invitationList, { caseId: open.caseId }))
    expect(invitations.find(({ participantId }) => participantId === of.participantId)?.contacts).toEqual({ phone: '', email: 'a@x.kz' })
    const faulty = await correct('北京', 'two')
    expect(faulty.ok ? undefined : faulty.problem.field).toBe('name')
    expect(answered(await open.staff.call(caseList, { state: 'running' })).cases[0]).toMatchObject({ phase: 'preparing', inSession: false })
  })

  it('[CAS-16] where the contacts cannot be saved it is said that the name stands, and asking again does the rest once', async () => {
    const person = (await look()).facts.people.find(({ sideId }) => sideId !== undefined)
    const of = { caseId: open.caseId, participantId: person?.id ?? lawyer, language: 'kk', email: '' } as const
    const correct = (commandId: string, phone: string) =>
      open.staff.call(casePersonCorrect, { ...of, commandId: idOf<CommandId>(commandId), name: 'Айгүл Серікқызы', phone })
    const contacts = async () =>
      answered(await open.staff.call(invitationList, { caseId: open.caseId })).invitations.find(
        (each) => each.participantId === of.participantId,
      )?.contacts.phone
    const before = await contacts()
    isFull = true
    const half = await correct('one', '+77012223344')
    isFull = false
    expect(half.ok ? undefined : half.problem).toMatchObject({ kind: 'unavailable', reason: 'cases/contacts-not-saved' })
    expect((await look()).facts.people.find(({ id }) => id === of.participantId)?.name).toBe('Айгүл Серікқызы')
    expect(await contacts()).toBe(before)
    answered(await correct('two', '+77012223344'))
    expect(await contacts()).toBe('+77012223344')
    const told = (await storage.log.readCase(open.caseId, 0, 1_000)).flatMap(({ events }) => events)
    expect(told.filter(({ type }) => type === personCorrected.name)).toHaveLength(1)
  })

  it('[CAS-16] somebody without an invitation is not corrected by halves: nothing is done', async () => {
    const { summary } = await look()
    const participantId = summary.mediatorParticipantId
    const asked = {
      caseId: open.caseId,
      participantId,
      commandId: idOf<CommandId>('m'),
      name: 'Ерлан',
      language: 'kk',
      phone: '',
      email: '',
    } as const
    expect(refused(await open.staff.call(casePersonCorrect, asked))).toBe('not-found')
    expect(refused(await open.staff.call(casePersonCorrect, { ...asked, participantId: lawyer }))).toBe('not-found')
  })

  it('[CAS-16] of a case that one does not mediate nobody learns whether it exists', async () => {
    const stranger = await addMediator(world, open.staff)
    const input = await addInput()
    const correction = {
      caseId: open.caseId,
      participantId: lawyer,
      commandId: idOf<CommandId>('c'),
      name: 'А',
      language: 'kk',
      phone: '',
      email: '',
    } as const
    const never = idOf<CaseId>('never')
    for (const caseId of [open.caseId, never]) {
      expect(refused(await stranger.call(casePersonAdd, { ...input, caseId }))).toBe('not-found')
      expect(refused(await stranger.call(casePersonCorrect, { ...correction, caseId }))).toBe('not-found')
    }
    for (const { browser } of open.people) expect(refused(await browser.call(casePersonAdd, input))).toBe('not-found')
  })
})

describe('the name of a case', () => {
  const commandId = idOf<CommandId>('title')
  const correct = (title: string, id = commandId) => open.staff.call(caseTitleCorrect, { caseId: open.caseId, commandId: id, title })

  it('[CAS-36] is corrected for everybody at once, in the list too, and asking twice does it once', async () => {
    const before = (await look()).summary.title
    answered(await correct('Береке — Дала Жем, поставка'))
    answered(await correct('Береке — Дала Жем, поставка'))
    answered(await correct('Береке — Дала Жем, поставка', idOf<CommandId>('again')))
    const { facts: now, summary, corrections } = await look()
    expect([now.title, summary.title]).toEqual(['Береке — Дала Жем, поставка', 'Береке — Дала Жем, поставка'])
    expect(corrections).toMatchObject([{ what: 'title', was: before, is: now.title }])
    expect(answered(await open.staff.call(caseList, {})).cases).toMatchObject([{ caseId: open.caseId, title: now.title }])
  })

  it('[CAS-36] only the mediator of this case can; what no agreement prints is refused at its field', async () => {
    const stranger = await addMediator(world, open.staff)
    expect(refused(await stranger.call(caseTitleCorrect, { caseId: open.caseId, commandId, title: 'x' }))).toBe('not-found')
    const called = await correct('北京')
    expect(called.ok ? undefined : called.problem).toMatchObject({ kind: 'invalid', field: 'title', reason: 'text/unprintable' })
    const party = open.people[0]
    const socket = world.connect({ token: party.session.token, caseId: open.caseId })
    const ack = (await socket.timeout(5_000).emitWithAck(WIRE.command, {
      id: idOf<CommandId>('party'),
      name: titleCorrect.name,
      input: { title: 'x' },
    })) as CommandAck
    expect(ack.ok ? undefined : ack.problem.kind).toBe('forbidden')
    expect((await look()).corrections).toEqual([])
  })

  it('[CAS-36] not in a case that is closed', async () => {
    const socket = world.connect(open.mediator)
    const ended = { id: idOf<CommandId>('end'), name: mediationEnd.name, input: { ground: 'circumstances' } }
    expect(((await socket.timeout(5_000).emitWithAck(WIRE.command, ended)) as CommandAck).ok).toBe(true)
    expect(refused(await correct('late'))).toBe('cases/already-ended')
  })
})

describe('the number of a case', () => {
  const correct = (number: string, id = idOf<CommandId>('number')) =>
    open.staff.call(caseNumberCorrect, { caseId: open.caseId, commandId: id, number })

  it('[CAS-170] is corrected for everybody at once, stands among the corrections, and asking twice does it once', async () => {
    const before = (await look()).facts.number
    answered(await correct('М-14/2026'))
    answered(await correct('М-14/2026'))
    answered(await correct('М-14/2026', idOf<CommandId>('again')))
    const { facts: now, corrections } = await look()
    expect(now.number).toBe('М-14/2026')
    expect(corrections).toMatchObject([{ what: 'number', was: before, is: 'М-14/2026' }])
  })

  it('[CAS-170] only the mediator of this case can; what no agreement prints is refused at its field', async () => {
    const input = { caseId: open.caseId, commandId: idOf<CommandId>('number'), number: '1' }
    expect(refused(await (await addMediator(world, open.staff)).call(caseNumberCorrect, input))).toBe('not-found')
    for (const { browser } of open.people) expect(refused(await browser.call(caseNumberCorrect, input))).toBe('not-found')
    const called = await correct('北京')
    expect(called.ok ? undefined : called.problem).toMatchObject({ kind: 'invalid', field: 'number', reason: 'text/unprintable' })
    expect((await look()).corrections).toEqual([])
  })
})
