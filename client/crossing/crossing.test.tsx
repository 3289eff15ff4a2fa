// @vitest-environment jsdom
// What somebody sees and does about words that may cross: the dialogs over a true outbox and a server that answers as the test says.
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { testId } from '#client/realtime/testing/history.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import {
  permissionDelivered,
  permissionGive,
  permissionGiven,
  permissionWithdraw,
  wordingAnswer,
  wordingAsked,
} from '#shared/crossing/crossing-protocol.ts'
import { permissionSentence } from '#shared/crossing/permission-sentence.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, PermissionId, WordingId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { AllowDialog } from './AllowDialog.tsx'
import { CrossingBar } from './CrossingBar.tsx'
import { CrossingDialog } from './CrossingDialog.tsx'
import { PermissionsToDeliver } from './PermissionsToDeliver.tsx'

beforeAll(addDialog)
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const t = testTranslate('en')
const source = sideAudience(BEREKE)
const permissionId = testId<PermissionId>('permission')
const wordingId = testId<WordingId>('wording')
const WORDS = 'Мамырға дейін күтеміз'
const DONE: CommandAck = { ok: true, value: { at: [] } }

function inSession(): SmallCase {
  const world = smallCase().join(MED, 'all', source, sideAudience(DALA)).happen(sessionStarted, 'case', {})
  for (const person of [AIGUL, PAVEL, MARIA]) world.enter(person).confirm(person).join(person, 'all')
  return world.join(AIGUL, source).join(PAVEL, sideAudience(DALA)).join(MARIA, sideAudience(DALA))
}

function sentenceOf(world: SmallCase, readers: readonly ParticipantId[]): string {
  const state = stateIn(world.seenBy(AIGUL).audiences, caseFold, 'case')
  return state ? permissionSentence({ kind: 'words', owner: AIGUL, to: 'all', readers }, state, 'kk') : ''
}

function allowed(world: SmallCase, readers: ParticipantId[] = [MED, AIGUL, PAVEL, MARIA]): SmallCase {
  const body = {
    permissionId,
    kind: 'words',
    text: WORDS,
    to: 'all',
    readers,
    language: 'kk',
    sentence: sentenceOf(world, readers),
  } as const
  return world.happen(permissionGiven, source, { ...body, readers, identityLevel: 'link-and-code', codes: ['read-out'] }, AIGUL)
}

type Shown = ReturnType<typeof renderCase>
const all = (person: ParticipantId, world: SmallCase, options: Parameters<typeof renderCase>[3] = {}): Shown =>
  renderCase(world, person, <CrossingDialog audience={source} asked={{ kind: 'all' }} onClose={() => undefined} />, options)
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))

describe('allowing word for word', () => {
  it('[CRO-7] nobody is chosen beforehand; every reader stands by name, and the sentence is the one that is stored', async () => {
    const world = inSession()
    const onClose = vi.fn()
    const shown = <AllowDialog audience={source} what={{ kind: 'own', text: 'Жұмсақ сөз' }} onClose={onClose} />
    const { sent } = renderCase(world, AIGUL, shown, { answer: () => DONE })
    for (const choice of screen.getAllByRole('radio')) expect(choice).toHaveProperty('checked', false)
    await press(t('crossing.allow.do'))
    expect(sent).toEqual([])
    screen.getByText(t('crossing.allow.whom-first'))
    const joint = screen.getByRole('radio', { name: new RegExp(t('crossing.to.all')) })
    for (const name of ['Ерлан Омаров', 'Айгүл Серік', 'Павел Ким', 'Мария Жук'])
      expect(joint.closest('label')?.textContent).toContain(name)
    await act(async () => fireEvent.click(joint))
    fireEvent.change(screen.getByRole('textbox'), { target: { value: WORDS } })
    expect(document.querySelector('.crossing-sentence')?.textContent).toBe(sentenceOf(world, [MED, AIGUL, PAVEL, MARIA]))
    await press(t('crossing.allow.do'))
    const { input } = sent[0] ?? {}
    expect(sent[0]?.name).toBe(permissionGive.name)
    expect(input).toMatchObject({ audience: source, what: { kind: 'own', text: WORDS }, to: 'all', readers: [MED, AIGUL, PAVEL, MARIA] })
    expect(onClose).toHaveBeenCalled()
  })

  it('[CRO-14] somebody new: the owner is told that nothing was passed on and by whom it would be read; the mediator gets no button', async () => {
    const world = allowed(inSession(), [MED, AIGUL, PAVEL])
    all(AIGUL, world)
    screen.getByText(t('crossing.newcomers.own', { names: 'Мария Жук' }))
    await press(t('crossing.newcomers.allow'))
    expect(screen.getByRole('radio', { checked: true }).closest('label')?.textContent).toContain('Мария Жук')
    cleanup()
    all(MED, world)
    screen.getByText(t('crossing.newcomers', { names: 'Мария Жук' }))
    expect(screen.queryByRole('button', { name: t('crossing.deliver') })).toBeNull()
  })
})

describe('a permission that stands', () => {
  it('[CRO-5] [CRO-6] a withdrawal without a connection waits and says so, and is never called done before it is', async () => {
    const world = allowed(inSession())
    const { sent, told } = all(AIGUL, world, { connection: { kind: 'offline', since: 0 } })
    screen.getByText(/allowed at/)
    await press(t('crossing.withdraw'))
    screen.getByText(t('crossing.withdraw.waits'))
    expect(screen.queryByRole('button', { name: t('crossing.withdraw') })).toBeNull()
    expect([sent, screen.queryByText(/withdrawn at/)]).toEqual([[], null])
    world.happen(permissionDelivered, source, { permissionId })
    await told()
    screen.getByText(/passed on at/)
  })

  it('[CRO-6] what came too late stands above the talk, too, and goes once it was read', async () => {
    const world = allowed(inSession())
    const shown = (
      <>
        <CrossingBar audience={source} onShow={() => undefined} />
        <CrossingDialog audience={source} asked={{ kind: 'all' }} onClose={() => undefined} />
      </>
    )
    const late: CommandAck = { ok: false, problem: { kind: 'conflict', reason: 'crossing/delivered' } }
    const { sent } = renderCase(world, AIGUL, shown, { answer: () => late })
    await press(t('crossing.withdraw'))
    expect(sent[0]).toMatchObject({ name: permissionWithdraw.name, input: { audience: source, permissionId } })
    screen.getByText(t('crossing.bar.late'))
    const alert = screen.getByText(t('crossing.reason.delivered'))
    const banner = alert.closest('.ui-banner')
    if (!(banner instanceof HTMLElement)) throw new Error('no banner')
    await act(async () => fireEvent.click(within(banner).getByRole('button', { name: t('ui.close') })))
    expect(screen.queryByText(t('crossing.bar.late'))).toBeNull()
    screen.getByText(t('crossing.bar.allowed', { count: 1 }))
  })

  it('[CRO-8] is printed in its owner’s language, with sentence, words, level of identity and state', async () => {
    const printed: string[] = []
    vi.spyOn(window, 'print').mockImplementation(() => {
      printed.push(document.querySelector('.ui-print')?.textContent ?? '')
    })
    const world = allowed(inSession())
    all(MED, world)
    await press(t('crossing.print'))
    await expect.poll(() => printed.length).toBe(1)
    const paper = ['Мәліметтерді ашуға жазбаша рұқсат', sentenceOf(world, [MED, AIGUL, PAVEL, MARIA]), WORDS, 'Айгүл Серік']
    for (const words of [...paper, 'жеке сілтеме және алты цифрлы код', 'кодты медиатор айтты', 'әлі жеткізілген жоқ', '(UTC+'])
      expect(printed[0]).toContain(words)
    expect(document.querySelector('.ui-print')).toBeNull()
  })

  it('[CRO-41] the board lists it by side, and its words are on the page only once they are asked for', async () => {
    const world = allowed(inSession())
    const { sent } = renderCase(world, MED, <PermissionsToDeliver />, { answer: () => DONE })
    expect(document.body.textContent).not.toContain(WORDS)
    await press(t('crossing.bar.show'))
    screen.getByText(WORDS)
    await press(t('crossing.deliver'))
    expect(sent[0]?.input).toEqual({ audience: source, permissionId, seq: expect.any(Number) })
    await press(t('crossing.board.hide'))
    expect(document.body.textContent).not.toContain(WORDS)
  })
})

describe('in my words, right?', () => {
  const asked = () => inSession().happen(wordingAsked, source, { wordingId, of: AIGUL, text: WORDS })

  it('[CRO-20] its owner is asked above the talk and answers; somebody else of the room is offered no answer', async () => {
    const world = asked()
    const bar = renderCase(world, AIGUL, <CrossingBar audience={source} onShow={() => undefined} />)
    screen.getByText(t('crossing.bar.asked'))
    bar.unmount()
    const { sent } = all(AIGUL, world, { answer: () => DONE })
    await press(t('crossing.wording.yes'))
    expect(sent[0]).toMatchObject({ name: wordingAnswer.name, input: { audience: source, wordingId, isRight: true } })
    cleanup()
    all(MED, world)
    for (const answer of ['crossing.wording.yes', 'crossing.wording.no'] as const)
      expect(screen.queryByRole('button', { name: t(answer) })).toBeNull()
  })

  it('[CRO-20] a no may bring the person’s own words: an ordinary message of this room', async () => {
    const { sent } = all(AIGUL, asked(), { answer: () => DONE })
    await press(t('crossing.wording.no'))
    expect(sent).toEqual([])
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'До июня, не до мая' } })
    await press(t('crossing.wording.no'))
    await expect.poll(() => sent.map(({ name }) => name)).toEqual([wordingAnswer.name, messagePost.name])
    expect(sent[0]?.input).toMatchObject({ isRight: false })
    expect(sent[1]?.input).toMatchObject({ audience: source, text: 'До июня, не до мая' })
  })
})
