// @vitest-environment jsdom
import { cleanup, configure, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { ALL_TEXTS } from '#client/app/testing/all-texts.ts'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { ok, refused, type TestServer, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'
import { sessionStarted, sideLeft } from '#shared/cases/case-protocol.ts'
import { personCorrected } from '#shared/cases/people-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { RoomStage } from './RoomStage.tsx'

beforeAll(() => {
  // what is fetched may take its time on a busy machine
  configure({ asyncUtilTimeout: 30_000 })
  addDialog()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  window.history.replaceState(null, '')
})

const t = testTranslate('en')
/** What is fetched comes when it comes. */
const FETCHED = { timeout: 30_000 }

interface StageOptions extends NonNullable<Parameters<typeof renderCase>[3]> {
  readonly home?: string
  readonly besides?: RoomSession['besides']
  readonly server?: TestServer
}

function stage(world: SmallCase, person: ParticipantId, { home, besides, server = testServer(), ...options }: StageOptions = {}) {
  const happened: string[] = []
  const shown = renderCase(
    world,
    person,
    <ToolsProvider tools={server.tools}>
      <TextLoaderContext value={ALL_TEXTS}>
        <RoomStage
          session={{ home, besides } as never} // what the stage asks of it
          onGone={() => happened.push('gone')}
          onReload={() => happened.push('reload')}
          onNavigate={(path) => happened.push(path)}
        />
      </TextLoaderContext>
    </ToolsProvider>,
    options,
  )
  return { happened, ...shown }
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })

describe('the stage of a room', () => {
  it.each(LOCALES)('[LIV-18] opens with words until everything is known: %s', (locale) => {
    stage(smallCase().enter(AIGUL), AIGUL, { locale, snapshot: { caughtUp: false } })
    screen.getByText(testTranslate(locale)('rooms.opening'))
  })

  it.each(LOCALES)('[LIV-18] asks for three confirmations, and sends them when all are given: %s', async (locale) => {
    const say = testTranslate(locale)
    const { sent, timePasses } = stage(smallCase().enter(AIGUL), AIGUL, { locale })
    screen.getByRole('heading', { name: say('rooms.confirm.title') })
    screen.getByText('Оплата по договору')
    expect(button(say('rooms.confirm.tick-all')).disabled).toBe(true)
    for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box)
    fireEvent.click(button(say('rooms.confirm.do')))
    await timePasses(0)
    expect(sent.map(({ input }) => input)).toEqual([{ agreement: true, explanation: true, remoteForm: true }])
  })

  it('[UI-187] on a phone it asks one thing a screen, and a reload comes to the first that is open', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === BREAKPOINTS.phone }))
    const { sent, timePasses, unmount } = stage(smallCase().enter(AIGUL), AIGUL)
    const question = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)
    expect(question()).toEqual([t('rooms.confirm.agreement')])
    expect(button(t('rooms.confirm.tick-this')).disabled).toBe(true)
    fireEvent.click(screen.getByRole('checkbox'))
    document.documentElement.scrollTop = 300
    fireEvent.click(button(t('ui.next')))
    expect(document.activeElement?.textContent).toBe(t('rooms.confirm.explanation'))
    expect(document.documentElement.scrollTop).toBe(0)
    fireEvent.click(button(t('ui.back')))
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(true)
    unmount()
    const later = stage(smallCase().enter(AIGUL), AIGUL)
    expect(question()).toEqual([t('rooms.confirm.explanation')])
    screen.getByText(t('rooms.confirm.question', { number: 2, of: 3 }))
    for (const words of ['ui.next', 'rooms.confirm.do'] as const) {
      fireEvent.click(screen.getByRole('checkbox'))
      fireEvent.click(button(t(words)))
    }
    await timePasses(0)
    await later.timePasses(0)
    expect(sent).toEqual([])
    expect(later.sent.map(({ input }) => input)).toEqual([{ agreement: true, explanation: true, remoteForm: true }])
  })

  it.each(LOCALES)('[ROO-217] who is under age reads while they wait what the joint talk depends on: %s', async (locale) => {
    const world = smallCase().enter(AIGUL).confirm(AIGUL).happen(sessionStarted, 'case', {})
    world.happen(personCorrected, 'case', { participantId: AIGUL, name: 'Айгүл Серік', language: 'kk', minor: true })
    stage(world, AIGUL, { locale })
    await screen.findByText(testTranslate(locale)('rooms.minor'), {}, FETCHED)
  })

  it('[LIV-81] what was ticked stays ticked over a reload, and nothing else is', () => {
    const world = smallCase().enter(AIGUL)
    const { unmount } = stage(world, AIGUL)
    fireEvent.click(screen.getAllByRole('checkbox')[1] as HTMLElement)
    unmount()
    stage(world, AIGUL)
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').map(({ checked }) => checked)).toEqual([false, true, false])
  })

  it('[LIV-18] a refusal of the confirmation is said there, and it can be given again', async () => {
    const { timePasses } = stage(smallCase().enter(AIGUL), AIGUL, { answer: () => ({ ok: false, problem: { kind: 'forbidden' } }) })
    for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box)
    fireEvent.click(button(t('rooms.confirm.do')))
    await timePasses(0)
    expect(screen.getByRole('alert').textContent).toContain(t('ui.problem.forbidden'))
    expect(button(t('rooms.confirm.do')).disabled).toBe(false)
  })

  it.each(LOCALES)('[LIV-18] whoever has confirmed waits, and reads that the mediator knows or is away: %s', async (locale) => {
    const say = testTranslate(locale)
    const { told } = stage(smallCase().enter(AIGUL).confirm(AIGUL), AIGUL, { locale })
    screen.getByRole('heading', { name: say('rooms.waiting.title', { name: 'Ерлан Омаров' }) })
    screen.getByText(say('rooms.waiting.mediator-away'))
    await told({ connected: new Set([AIGUL, MED]) })
    screen.getByText(say('rooms.waiting.mediator-knows'))
  })

  it('[IDE-421] beside somebody who never gave the phone away nothing goes on: they give it, or their session here ends', async () => {
    const server = testServer()
    const asked: string[] = []
    const address = `POST /api/people/${PAVEL}/session`
    server.on(`${address}/hand-over`, () => refused(409, { kind: 'conflict', reason: 'identity/own-code-needed' }))
    server.on(`${address}/end`, () => {
      asked.push('end')
      return asked.length === 1 ? 'no connection' : ok({})
    })
    const besides = async () => [{ caseId: TEST_CASE, participantId: PAVEL, keep: true }]
    stage(smallCase().enter(AIGUL).confirm(AIGUL), AIGUL, { server, besides })
    const head = await screen.findByRole('heading', { name: t('identity.phone.still', { name: 'Павел Ким' }) })
    expect(document.activeElement).toBe(head)
    expect(screen.queryByText(t('rooms.waiting.mediator-away'))).toBeNull()
    fireEvent.click(button(t('identity.phone.still.give', { name: 'Павел Ким' })))
    await screen.findByRole('dialog', { name: t('identity.phone.choose') })
    fireEvent.click(button(t('ui.cancel')))
    fireEvent.click(button(t('identity.phone.still.end', { name: 'Павел Ким' })))
    await screen.findByRole('alert')
    expect(head.isConnected).toBe(true)
    fireEvent.click(button(t('identity.phone.still.end', { name: 'Павел Ким' })))
    await screen.findByText(t('rooms.waiting.mediator-away'))
    expect(asked).toEqual(['end', 'end'])
  })

  it('[UI-104] leaving stands last in the menu, apart and in no colour of danger', () => {
    stage(smallCase().enter(AIGUL).confirm(AIGUL), AIGUL)
    fireEvent.click(button(t('rooms.menu')))
    const entries = [...document.querySelectorAll('[role^=menuitem]')]
    const leave = screen.getByText(t('rooms.leave.item')).closest('button')
    expect(entries.at(-1)).toBe(leave)
    expect({ ...leave?.dataset }).toEqual({ apart: 'true' })
    expect(document.activeElement).toBe(entries[0])
  })

  it('[UI-233] whose line is cut while waiting reads that, and no promise that the mediator knows', async () => {
    const { told, connection } = stage(smallCase().enter(AIGUL).confirm(AIGUL), AIGUL)
    await told({ connected: new Set([AIGUL, MED]) })
    await connection({ kind: 'offline', since: 0 })
    expect(screen.queryByText(t('rooms.waiting.mediator-knows'))).toBeNull()
    screen.getByText(t('rooms.waiting.words-offline'))
    await connection({ kind: 'live' })
    screen.getByText(t('rooms.waiting.mediator-knows'))
    expect(screen.queryByText(t('rooms.waiting.words-offline'))).toBeNull()
  })

  it('[LIV-18] leaving is within reach while one waits, asked once, and told to nobody before', async () => {
    const { sent, timePasses } = stage(smallCase().enter(AIGUL).confirm(AIGUL), AIGUL)
    fireEvent.click(button(t('rooms.waiting.leave')))
    await screen.findByRole('dialog', { name: t('rooms.leave.title') }, FETCHED)
    fireEvent.click(button(t('rooms.leave.stay')))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(sent).toEqual([])
    fireEvent.click(button(t('rooms.waiting.leave')))
    const dialog = within(await screen.findByRole('dialog', { name: t('rooms.leave.title') }, FETCHED))
    fireEvent.click(dialog.getByRole('button', { name: t('rooms.leave.do') }))
    await timePasses(0)
    expect(sent).toHaveLength(1)
  })

  it('[LIV-18] a side that has left sees its last screen, and nothing that comes later changes it', async () => {
    const world = smallCase().enter(AIGUL).confirm(AIGUL)
    const { happened, told, connection } = stage(world, AIGUL)
    world.happen(sideLeft, 'case', { sideId: BEREKE }, AIGUL)
    await told({ audiences: world.seenBy(MED).audiences }) // a device still holds what it was told of last
    screen.getByText(t('rooms.left.title'))
    screen.getByText(t('rooms.left.again', { mediator: 'Ерлан Омаров' }))
    expect(happened).toEqual(['gone'])
    await connection({ kind: 'closed', reason: 'left' })
    screen.getByText(t('rooms.left.title'))
    expect(screen.queryByText(t('rooms.shut.left'))).toBeNull()
  })

  it.each(LOCALES)('[LIV-18] somebody removed, and a session that has ended, read what they can do: %s', (locale) => {
    const say = testTranslate(locale)
    const world = smallCase().enter(AIGUL).confirm(AIGUL)
    stage(world, AIGUL, { locale, connection: { kind: 'closed', reason: 'left' } })
    screen.getByText(say('rooms.shut.left'))
    cleanup()
    stage(world, MED, { locale, home: '/office', connection: { kind: 'closed', reason: 'session-expired' } })
    screen.getByText(say('rooms.shut.ended-words-staff'))
    expect(screen.getByRole('link', { name: say('rooms.shut.home') }).getAttribute('href')).toBe('/sign-in')
  })

  it.each(LOCALES)('[LIV-180] an outdated page says what becomes of unsent words on this device: %s', (locale) => {
    const say = testTranslate(locale)
    const storage = createCaseStorage(memoryDeviceStorage(), { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
    stage(smallCase().enter(AIGUL), AIGUL, { locale, connection: { kind: 'outdated' }, storage })
    screen.getByText(say('rooms.outdated.words'))
    cleanup()
    stage(smallCase().enter(AIGUL), AIGUL, { locale, connection: { kind: 'outdated' } })
    screen.getByText(say('rooms.outdated.memory'))
  })

  it('[LIV-18] an outdated page offers to be loaded anew', () => {
    const { happened } = stage(smallCase().enter(AIGUL), AIGUL, { connection: { kind: 'outdated' } })
    fireEvent.click(button(t('rooms.outdated.reload')))
    expect(happened).toEqual(['reload'])
  })
})
