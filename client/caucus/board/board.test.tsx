// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { renderCase, roomsOfSmallCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { layOut } from '#client/messaging/testing/lay-out.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'
import { mediationEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { procedureChanged } from '#shared/rooms/procedure-protocol.ts'
import { Board } from './Board.tsx'

beforeAll(addDialog)
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const t = testTranslate('en')

function board(world: SmallCase, options: Parameters<typeof renderCase>[3] = {}) {
  const entered: Audience[] = []
  const rooms = roomsOfSmallCase(world, MED)
  const shown = renderCase(
    world,
    MED,
    <Board rooms={rooms} phones={new Map()} onEnter={(audience) => entered.push(audience)} cards={undefined} />,
    options,
  )
  return { entered, ...shown }
}
const room = (name: string) => within(screen.getByRole('region', { name }))
const running = () => smallCase().confirm(MED).happen(sessionStarted, 'case', {})
const inside = (world: SmallCase) => world.enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', sideAudience(BEREKE))

describe('the board of rooms', () => {
  it.each(LOCALES)('[CAU-7] says of each room that nobody is there, and of the session that there is none: %s', (locale) => {
    const say = testTranslate(locale)
    board(smallCase(), { locale })
    room(say('caucus.board.joint')).getByText(say('caucus.board.joint-empty'))
    room(say('caucus.board.joint')).getByText(say('caucus.board.no-session'))
    room('КХ «Береке»').getByText(say('caucus.board.side-empty'))
    room('ТОО «Дала Жем»').getByText(say('caucus.board.side-empty'))
    expect(screen.queryByRole('button', { name: say('caucus.board.invite') })).toBeNull()
  })

  it('[CAU-171] what is over says of nobody that they may still come, or are elsewhere now', () => {
    board(inside(running()).happen(mediationEnded, 'case', { ground: 'expired' }))
    room('ТОО «Дала Жем»').getByText(t('caucus.board.side-never'))
    for (const yet of ['caucus.board.joint-empty', 'caucus.board.side-empty', 'caucus.board.side-joint'] as const)
      expect(screen.queryByText(t(yet))).toBeNull()
  })

  it('[PRE-42] offers nobody the joint room while talks are held apart, and names the side’s own as the next step', () => {
    const apart = { caucusOnly: true, noVideo: false, breaks: false, interpreter: false }
    const world = running().enter(AIGUL).confirm(AIGUL)
    board(world)
    screen.getByRole('button', { name: t('caucus.board.admit-all') })
    cleanup()
    board(world.happen(procedureChanged, 'case', apart))
    expect(screen.queryByRole('button', { name: t('caucus.board.admit-all') })).toBeNull()
    expect(screen.getByRole('button', { name: t('caucus.board.admit-side') }).dataset.kind).toBe('who')
  })

  it('[CAU-7] shows people where they are, and invites a side of whom somebody is there', () => {
    board(inside(running()))
    room('КХ «Береке»').getByText(t('caucus.board.side-joint'))
    room(t('caucus.board.joint')).getByText('Айгүл Серік')
    fireEvent.click(room('КХ «Береке»').getByRole('button', { name: t('caucus.board.invite') }))
    screen.getByRole('dialog', { name: t('caucus.invite.title', { side: 'КХ «Береке»' }) })
    expect(room('ТОО «Дала Жем»').queryByRole('button', { name: t('caucus.board.invite') })).toBeNull()
  })

  it('[CAU-10] a person stands in one column, wherever they go', () => {
    const world = running().enter(AIGUL)
    board(world)
    const columnsOf = (name: string) =>
      screen
        .getAllByRole('region')
        .flatMap((column) => (within(column).queryAllByText(name).length > 0 ? [column.getAttribute('aria-label')] : []))
    expect(columnsOf('Айгүл Серік')).toEqual([t('caucus.board.waiting')])
    const steps = [
      [() => world.confirm(AIGUL).join(AIGUL, sideAudience(BEREKE)), 'КХ «Береке»'],
      [() => world.join(AIGUL, 'all'), t('caucus.board.joint')],
      [() => world.happen(caucusInvited, sideAudience(BEREKE), {}), t('caucus.board.joint')],
      [() => world.happen(caucusEntered, sideAudience(BEREKE), { company: 'alone' }, AIGUL), 'КХ «Береке»'],
      [() => world.happen(caucusEnded, sideAudience(BEREKE), {}), t('caucus.board.joint')],
    ] as const
    for (const [step, column] of steps) {
      step()
      cleanup()
      board(world)
      expect(columnsOf('Айгүл Серік'), column).toEqual([column])
    }
  })

  it('[CAU-7] enters the room that was chosen', () => {
    const { entered } = board(inside(running()))
    fireEvent.click(room('ТОО «Дала Жем»').getByRole('button', { name: t('caucus.board.enter') }))
    expect(entered).toEqual([sideAudience(DALA)])
  })

  it('[CAU-8] tells that there are private words, and nothing of them before they are asked for', () => {
    const world = inside(running()).say(AIGUL, sideAudience(BEREKE), 'Можем уступить до декабря.')
    board(world)
    room('КХ «Береке»').getByText(t('caucus.board.news', { count: 1 }))
    expect(document.body.textContent).not.toContain('уступить')
    fireEvent.click(screen.getByRole('button', { name: t('caucus.board.show') }))
    room('КХ «Береке»').getByText('Можем уступить до декабря.')
    fireEvent.click(screen.getByRole('button', { name: t('caucus.board.hide') }))
    expect(document.body.textContent).not.toContain('уступить')
  })

  it('[LIV-76] shown, private words are read, and stay until they are hidden; veiled they are not', async () => {
    layOut()
    const world = inside(running()).say(AIGUL, sideAudience(BEREKE), 'Можем уступить до декабря.')
    const { timePasses, sent } = board(world)
    await timePasses(60_000)
    expect(sent).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: t('caucus.board.show') }))
    await expect
      .poll(async () => {
        await timePasses(10_000)
        return sent.length
      })
      .toBe(1)
    const { seq = 0 } = world.seenBy(MED).audiences.get(sideAudience(BEREKE)) ?? {}
    expect(sent.map(({ input }) => input)).toEqual([{ marks: [{ audience: sideAudience(BEREKE), seq }] }])
    room('КХ «Береке»').getByText('Можем уступить до декабря.')
    fireEvent.click(screen.getByRole('button', { name: t('caucus.board.hide') }))
    expect(room('КХ «Береке»').queryByText(t('caucus.board.news', { count: 1 }))).toBeNull()
  })

  it('[ACC-130] whoever waits is a card called by their name, with what the mediator can do', () => {
    board(running().enter(PAVEL).confirm(PAVEL))
    within(screen.getByRole('article', { name: 'Павел Ким' })).getByRole('button', { name: t('caucus.board.admit-all') })
  })

  it.each(LOCALES)('[CAU-7] shows at the door who waits, and why nobody is let in yet: %s', (locale) => {
    const say = testTranslate(locale)
    board(smallCase().confirm(MED).enter(PAVEL), { locale })
    const door = room(say('caucus.board.waiting'))
    door.getByText('Павел Ким')
    door.getByText(say('caucus.board.not-confirmed'))
    expect(door.queryByRole('button', { name: say('caucus.board.admit-all') })).toBeNull()
  })

  it('[CAU-7] [ACC-3] lets somebody in who has confirmed; what was refused is said in their place', async () => {
    const { sent, timePasses } = board(running().enter(PAVEL).confirm(PAVEL), {
      answer: () => ({ ok: false, problem: { kind: 'forbidden' } }),
    })
    fireEvent.click(screen.getByRole('button', { name: t('caucus.board.admit-all') }))
    await timePasses(0)
    expect(sent.map(({ input }) => input)).toEqual([{ participantId: PAVEL, to: 'all' }])
    expect(room(t('caucus.board.waiting')).getByRole('alert').textContent).toBe(t('ui.problem.forbidden'))
  })

  it('[CAU-170] one button is filled: who has waited longest at the door, then who calls; nobody waits, none is', async () => {
    const world = inside(running()).enter(PAVEL).confirm(PAVEL)
    const filled = () => [...document.querySelectorAll<HTMLElement>('[data-kind=who], [data-kind=primary]')].map((each) => each.textContent)
    const calling = world
      .happen(mediatorCalled, sideAudience(BEREKE), { reason: 'question' }, AIGUL)
      .happen(mediatorCalled, sideAudience(DALA), { reason: 'question' }, PAVEL)
    board(calling)
    expect(filled()).toEqual([t('caucus.board.admit-all')])
    cleanup()
    calling.join(PAVEL, 'all', sideAudience(DALA))
    board(calling)
    expect(filled()).toEqual([t('caucus.board.invite')])
    expect(room('КХ «Береке»').getByRole('button', { name: t('caucus.board.invite') }).dataset.kind).toBe('who')
    expect(room('ТОО «Дала Жем»').getByRole('button', { name: t('caucus.board.invite') }).dataset.kind).toBe('plain')
    cleanup()
    board(inside(running()).join(PAVEL, 'all', sideAudience(DALA)))
    expect(filled()).toEqual([])
    cleanup()
    board(smallCase().confirm(MED).enter(PAVEL).confirm(PAVEL))
    expect(filled()).toEqual([t('rooms.session.start')])
  })

  it('[CAU-4] shows who calls, why and for how long, in that side’s room alone', () => {
    board(inside(running()).happen(mediatorCalled, sideAudience(BEREKE), { reason: 'question' }, AIGUL))
    room('КХ «Береке»').getByText(t('caucus.board.calls.question', { name: 'Айгүл Серік' }))
    expect(screen.getAllByRole('button', { name: t('caucus.bar.answer') })).toHaveLength(1)
  })

  it('[ACC-3] what an answer to a call was refused for is said beside it', async () => {
    const { timePasses } = board(inside(running()).happen(mediatorCalled, sideAudience(BEREKE), { reason: 'question' }, AIGUL), {
      answer: () => ({ ok: false, problem: { kind: 'forbidden' } }),
    })
    fireEvent.click(screen.getByRole('button', { name: t('caucus.bar.answer') }))
    await timePasses(0)
    expect(room('КХ «Береке»').getByRole('alert').textContent).toBe(t('ui.problem.forbidden'))
  })

  it('[CAU-205] on a phone is a list that says who asks, how long and how much is unread, without a private word', () => {
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: query === BREAKPOINTS.phone,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }))
    const world = inside(running()).say(AIGUL, sideAudience(BEREKE), 'Тек сізге айтамын')
    board(world.happen(mediatorCalled, sideAudience(BEREKE), { reason: 'question' }, AIGUL))
    const lines = [...document.querySelectorAll('details')]
    const line = lines.find((each) => each.querySelector('h2')?.textContent?.includes('Береке'))
    const told = line?.querySelector('summary')?.textContent ?? ''
    expect(told).toContain(t('caucus.board.calls.question', { name: 'Айгүл Серік' }))
    expect(told).toMatch(/waits/)
    expect(told).toContain(t('caucus.board.news', { count: 1 }))
    expect(document.body.textContent).not.toContain('Тек сізге')
    expect(lines.filter(({ open }) => open)).toEqual([line])
    expect(new Set(lines.map(({ name }) => name)).size).toBe(1)
    expect(document.querySelectorAll('.caucus-board-rooms [disabled], .caucus-board-rooms [aria-disabled=true]')).toHaveLength(0)
  })
})
