// A date that suits, through the whole platform: real sockets, real letters, a clock that is moved.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { answered } from '#server/testing/http-world.ts'
import { accepted, type Device, device } from '#server/testing/live-room.ts'
import { type MailServer, openMailServer } from '#server/testing/mail-server.ts'
import {
  newCase,
  type OpenCase,
  openCase,
  PASSWORD,
  type PlatformWorld,
  platformWorld,
  setUpOwner,
} from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationEnd } from '#shared/cases/case-protocol.ts'
import { caseCreate } from '#shared/cases/case-routes.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { personRefresh } from '#shared/identity/join-protocol.ts'
import { staffSignIn } from '#shared/identity/staff-protocol.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { datesAnswer, datesPropose, meetingCancel, meetingFix } from '#shared/scheduling/ask-dates-protocol.ts'
import { calendarDownload } from '#shared/scheduling/scheduling-routes.ts'
import { dateNotesFold, schedulingFold } from '#shared/scheduling/scheduling-state.ts'

const HOUR = 3_600_000
const ZONE = 'Asia/Almaty'
const proposalId = asId<CommandId>('proposal'.padEnd(22, '_'))

let storage: Storage
let mail: MailServer
let world: PlatformWorld
let open: OpenCase
let mediator: Device
let people: readonly [Device, Device]

const env = () => ({ SMTP_URL: mail.url, MAIL_FROM: 'Bitim <no-reply@example.kz>' })
const twoAddresses = () => {
  const input = newCase()
  const addresses = ['aigul@example.kz', 'pavel@example.kz']
  const sides = input.sides.map((side, at) => ({ ...side, people: side.people.map((each) => ({ ...each, email: addresses[at] ?? '' })) }))
  return { ...input, sides }
}

beforeEach(async () => {
  storage = memoryStorage()
  mail = await openMailServer()
  world = await platformWorld({ storage, env: env() })
  open = await openCase(world, await setUpOwner(world), twoAddresses())
  await enter()
})
afterEach(async () => {
  await world.close()
  await mail.close()
})

async function enter(): Promise<void> {
  mediator = await comeBack()
  const [one, two] = await Promise.all(
    open.people.map(async ({ browser, session: { participantId } }) => {
      const session = answered(await browser.call(personRefresh, { participantId }))
      return device(world, session)
    }),
  )
  if (one && two) people = [one, two]
}

/** With a token of today. */
async function comeBack(): Promise<Device> {
  const { token } = answered(await open.staff.call(staffSignIn, { email: 'owner@example.kz', password: PASSWORD, keep: true }))
  open.staff.token = token
  return device(world, { token, caseId: open.caseId })
}

async function restart(): Promise<void> {
  await world.stop()
  const { installation, clock } = world
  world = await platformWorld({ storage, installation, clock, env: env(), port: Number(new URL(world.url).port) })
}

const dates = async () => stateIn((await world.platform.log.state(open.caseId)).audiences, schedulingFold, 'case')
const reasonOf = (ack: CommandAck) => (ack.ok ? 'done' : (ack.problem.reason ?? ack.problem.kind))
const soon = (hours: number) => Math.ceil((world.clock.now() + hours * HOUR) / 60_000) * 60_000

async function fix(at: number): Promise<CommandAck> {
  const seen = (await dates())?.changes ?? 0
  return say(mediator.socket, meetingFix, { at, zone: ZONE, minutes: 60, place: { kind: 'address', words: 'ул. Абая, 10' }, seen })
}

async function propose(required = [people[0].me]): Promise<readonly number[]> {
  const times = [soon(48), soon(72)]
  accepted(await say(mediator.socket, datesPropose, { proposalId, times, zone: ZONE, minutes: 60, required }))
  return times
}

/** What has come by now: to whom, and what about. */
async function letters(): Promise<readonly string[]> {
  await world.platform.due.runDue()
  return mail.mails.map(({ to, mail: { subject } }) => `${to.join()} ${subject}`).sort()
}
const both = (subject: string) => [`aigul@example.kz ${subject}`, `pavel@example.kz ${subject}`]

describe('a date that suits', () => {
  it('[PRE-1] the mediator proposes times that are ahead, each once; nobody else does', async () => {
    const times = [soon(48), soon(24)]
    const input = { proposalId, times, zone: ZONE, minutes: 60, required: [] }
    expect(reasonOf(await say(people[0].socket, datesPropose, input))).toBe('forbidden')
    expect(reasonOf(await say(mediator.socket, datesPropose, { ...input, times: [soon(-1)] }))).toBe('scheduling/past')
    expect(reasonOf(await say(mediator.socket, datesPropose, { ...input, times: [soon(1), soon(1)] }))).toBe('scheduling/twice')
    expect(
      reasonOf(await say(mediator.socket, datesPropose, { ...input, times: Array.from({ length: 9 }, (_, at) => soon(at + 1)) })),
    ).toBe('invalid')
    expect(reasonOf(await say(mediator.socket, datesPropose, { ...input, zone: 'Asia/Atlantis' }))).toBe('invalid')
    expect(reasonOf(await say(mediator.socket, datesPropose, { ...input, required: [mediator.me] }))).toBe('invalid')
    accepted(await say(mediator.socket, datesPropose, input))
    expect((await dates())?.proposal).toMatchObject({ times: times.toSorted(), zone: ZONE })
  })

  it('[PRE-2] a person answers for themselves, again if they like, until a time is fixed; who is needed stands with the mediators alone', async () => {
    const [time = 0] = await propose()
    const answer = (answers: ('yes' | 'maybe' | 'no')[], id = proposalId) =>
      say(people[0].socket, datesAnswer, { proposalId: id, answers, words: 'тек кешке' })
    expect(reasonOf(await answer(['yes']))).toBe('invalid')
    expect(reasonOf(await answer(['yes', 'no'], asId('other'.padEnd(22, '_'))))).toBe('scheduling/other-times')
    accepted(await answer(['no', 'no']))
    accepted(await answer(['maybe', 'yes']))
    expect(reasonOf(await say(mediator.socket, datesAnswer, { proposalId, answers: ['yes', 'yes'] }))).toBe('not-found')
    accepted(await fix(time))
    expect(reasonOf(await answer(['yes', 'yes']))).toBe('scheduling/other-times')
    await people[1].resume()
    expect(people[1].frames.join()).not.toMatch(/people:required|dates:answered|тек кешке/)
  })

  it('[PRE-4] it is fixed, moved and cancelled under one id; of two mediators’ screens the second is told', async () => {
    accepted(await fix(soon(48)))
    const first = (await dates())?.meeting
    expect(first).toMatchObject({ sequence: 0, isCancelled: false })
    const late = { at: soon(72), zone: ZONE, minutes: 60, place: { kind: 'online' as const }, seen: 0 }
    expect(reasonOf(await say(mediator.socket, meetingFix, late))).toBe('scheduling/moved')
    expect(reasonOf(await say(people[0].socket, meetingFix, { ...late, seen: 1 }))).toBe('forbidden')
    expect(reasonOf(await say(mediator.socket, meetingFix, { ...late, seen: 1, place: { kind: 'address' } }))).toBe('scheduling/no-address')
    accepted(await fix(soon(96)))
    expect((await dates())?.meeting).toMatchObject({ meetingId: first?.meetingId, sequence: 1 })
    const meetingId = first?.meetingId ?? asId('none')
    expect(reasonOf(await say(people[0].socket, meetingCancel, { meetingId }))).toBe('forbidden')
    accepted(await say(mediator.socket, meetingCancel, { meetingId }))
    accepted(await fix(soon(48)))
    const next = (await dates())?.meeting
    expect(next?.sequence).toBe(0)
    expect(next?.meetingId).not.toBe(meetingId)
    world.clock.shift(50 * HOUR)
    await enter()
    expect(reasonOf(await say(mediator.socket, meetingCancel, { meetingId: next?.meetingId ?? meetingId }))).toBe('scheduling/past')
  })
})

describe('letters about a meeting', () => {
  it('[PRE-7] go once to each, a reminder a day and an hour before, whatever server runs then', async () => {
    accepted(await fix(soon(48)))
    expect(await letters()).toEqual(both('День встречи'))
    expect(await letters()).toHaveLength(2)
    await restart()
    world.clock.shift(24.1 * HOUR)
    expect(await letters()).toEqual([...both('День встречи'), ...both('Скоро встреча')].sort())
    await restart()
    world.clock.shift(23 * HOUR)
    expect((await letters()).filter((line) => line.endsWith('Встреча скоро начнётся'))).toEqual(both('Встреча скоро начнётся'))
    world.clock.shift(3 * HOUR)
    expect(await letters()).toHaveLength(6)
    const { sent } = stateIn((await world.platform.log.state(open.caseId)).audiences, dateNotesFold, 'mediators') ?? dateNotesFold.initial
    expect(Object.keys(sent)).toHaveLength(6)
  })

  it('[PRE-7] after a move only the new time is told; after a cancellation nothing more', async () => {
    accepted(await fix(soon(48)))
    await letters()
    accepted(await fix(soon(120)))
    expect((await letters()).filter((line) => line.endsWith('У встречи другое время'))).toHaveLength(2)
    world.clock.shift(30 * HOUR)
    expect(await letters()).toHaveLength(4)
    await enter()
    const meetingId = (await dates())?.meeting?.meetingId ?? asId('none')
    accepted(await say(mediator.socket, meetingCancel, { meetingId }))
    expect((await letters()).filter((line) => line.endsWith('Встреча отменена'))).toHaveLength(2)
    world.clock.shift(100 * HOUR)
    expect(await letters()).toHaveLength(6)
  })

  it('[PRE-7] nobody who was taken out of the case gets one, and nobody once the mediation is over', async () => {
    accepted(await fix(soon(48)))
    await letters()
    accepted(await say(mediator.socket, personEnd, { participantId: people[0].me }))
    world.clock.shift(24.1 * HOUR)
    expect((await letters()).filter((line) => line.endsWith('Скоро встреча'))).toEqual(['pavel@example.kz Скоро встреча'])
    const again = await comeBack()
    accepted(await say(again.socket, mediationEnd, { ground: 'circumstances' }))
    world.clock.shift(23 * HOUR)
    expect(await letters()).toHaveLength(3)
  })

  it('[PRE-7] a mail server that takes nothing is asked again, and nobody hears of it twice', async () => {
    const port = Number(new URL(mail.url).port)
    await mail.close()
    accepted(await fix(soon(48)))
    await world.platform.due.runDue()
    expect(world.journal.join()).not.toMatch(/aigul@|pavel@/)
    mail = await openMailServer({ port })
    world.clock.shift(6 * 60_000)
    expect(await letters()).toEqual(both('День встречи'))
    world.clock.shift(HOUR)
    expect(await letters()).toHaveLength(2)
  })

  it('[PRE-8] name nobody but the mediator, and nothing of the case; the entry for a calendar lies beside them', async () => {
    accepted(await fix(soon(48)))
    await letters()
    for (const { raw, mail: letter } of mail.mails) {
      const all = `${letter.subject} ${letter.text} ${letter.attachments.map(({ content }) => text(content)).join()} ${raw}`
      expect(all).not.toMatch(/Береке|Дала|Серік|Ким|Оплата|поставк/i)
      expect(all).not.toContain(open.caseId)
      expect(letter.text).toContain('Медиатор: Ерлан Омаров')
      expect(letter.text).toContain('(Asia/Almaty, UTC+5)')
      expect(letter.attachments.map(({ content }) => text(content).includes('METHOD:PUBLISH'))).toContain(true)
    }
  })

  it('[PRE-7] nobody without an address, and nobody whose code was never accepted, is written to', async () => {
    const input = twoAddresses()
    const sides = input.sides.map((side, at) => ({
      ...side,
      people: side.people.map(({ email, ...each }) => (at === 0 ? each : { ...each, email })),
    }))
    const { caseId } = answered(await open.staff.call(caseCreate, { ...input, sides }))
    const device2 = await device(world, { token: open.staff.token ?? '', caseId })
    accepted(await say(device2.socket, meetingFix, { at: soon(48), zone: ZONE, minutes: 60, place: { kind: 'online' }, seen: 0 }))
    expect(await letters()).toEqual([])
  })
})

it('[PRE-9] the entry for a calendar is given to whoever is in the case, while a meeting is ahead', async () => {
  const [{ browser }] = open.people
  const ask = (who = browser) => who.call(calendarDownload, { caseId: open.caseId, language: 'kk' })
  expect((await ask()).status).toBe(404)
  accepted(await fix(soon(48)))
  const entry = await ask()
  expect(entry.headers.get('content-disposition')).toBe('attachment; filename="meeting.ics"')
  expect(entry.text).toContain('SUMMARY:Кездесу')
  expect(entry.text).not.toMatch(/Береке|Омаров|bitim/i)
  expect((await ask(open.staff)).ok).toBe(true)
  const stranger = await openCase(world, open.staff, newCase(' 2'))
  expect((await ask(stranger.people[0].browser)).status).toBe(404)
  expect((await ask(world.browser())).ok).toBe(false)
  accepted(await say(mediator.socket, meetingCancel, { meetingId: (await dates())?.meeting?.meetingId ?? asId('none') }))
  expect((await ask()).status).toBe(404)
})

it('[PRE-3] the other side is sent and answered the same, whether and whatever the first has answered', async () => {
  const times = await propose()
  const before = people[1].frames.length
  accepted(await say(people[0].socket, datesAnswer, { proposalId, answers: ['no', 'no'], words: 'никогда' }))
  accepted(await say(people[0].socket, datesAnswer, { proposalId, answers: ['yes', 'maybe'] }))
  accepted(await say(people[1].socket, datesAnswer, { proposalId, answers: ['yes', 'yes'] }))
  const [place] = people[1].frames.slice(before).filter((frame) => frame.includes('dates:answered'))
  expect(place).toContain(`direct:${people[1].me}`)
  expect(people[1].frames.slice(before).filter((frame) => frame.includes(people[0].me))).toEqual([])
  accepted(await fix(times[0] ?? 0))
})

const text = (content: unknown) => (typeof content === 'string' ? content : new TextDecoder().decode(content as ArrayBuffer)) // as the reader of mails gives them
