// @vitest-environment jsdom
// What is said about people who read by grants alone: computed from what is true, in three languages.
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { testId } from '#client/realtime/testing/history.ts'
import { ConsentQuestions } from '#client/rooms/grants/ConsentQuestions.tsx'
import { questionsFor } from '#client/rooms/grants/consents-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { personAdded } from '#shared/cases/people-protocol.ts'
import { directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type GrantId, type ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { consentAnswered, consentAsked } from '#shared/rooms/consent-protocol.ts'
import { grantGiven, roomJoined } from '#shared/rooms/room-protocol.ts'
import { clockTime } from './clock-time.ts'
import { GrantsCard } from './GrantsCard.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const observer = testId<ParticipantId>('observer')
const all = { audience: 'all', participantId: observer } as const
const own = { audience: sideAudience(BEREKE), participantId: observer } as const

function withObserver() {
  return smallCase()
    .confirm(MED)
    .happen(sessionStarted, 'case', {})
    .enter(AIGUL)
    .join(AIGUL, sideAudience(BEREKE), 'all')
    .happen(personAdded, 'case', { id: observer, role: 'observer', name: 'Нұрлан Бек', language: 'kk' })
    .enter(observer)
    .confirm(observer)
}

function Asked() {
  const { state, me } = useCase()
  return <ConsentQuestions questions={questionsFor(useView(), state, me).filter(({ agreed }) => agreed === undefined)} />
}

describe('what a side is asked', () => {
  it.each(LOCALES)('[ROO-104] is said with name, role and what comes of it, until it is answered (%s)', (locale) => {
    const t = testTranslate(locale)
    const world = withObserver().happen(consentAsked, sideAudience(BEREKE), own).happen(consentAsked, directAudience(AIGUL), all)
    const { sent } = renderCase(world, AIGUL, <Asked />, { locale })
    const words = { name: 'Нұрлан Бек', role: t('rooms.role.observer') }
    screen.getByText(t('rooms.consents.ask-side', words))
    screen.getByText(t('rooms.consents.ask-all', words))
    screen.getByText(t('rooms.consents.words-all'))
    fireEvent.click(screen.getAllByRole('button', { name: t('rooms.consents.no') })[0] as HTMLElement) // there are two
    expect(sent.map(({ name, input }) => [name, input])).toEqual([['consent:answer', { ...all, agreed: false }]])
    cleanup()
    world.happen(consentAnswered, directAudience(AIGUL), { ...all, agreed: false }, AIGUL)
    void renderCase(world, AIGUL, <Asked />, { locale })
    expect(screen.queryByText(t('rooms.consents.words-all'))).toBeNull()
    screen.getByText(t('rooms.consents.words-side'))
  })

  it('[UI-253] is asked about one person at a time on a phone, with how many are left', () => {
    const phone = { matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }
    vi.stubGlobal('matchMedia', (query: string) => ({ ...phone, matches: query === BREAKPOINTS.phone }))
    const world = withObserver().happen(consentAsked, sideAudience(BEREKE), own).happen(consentAsked, directAudience(AIGUL), all)
    void renderCase(world, AIGUL, <Asked />)
    expect(screen.getAllByRole('button', { name: 'I do not agree' })).toHaveLength(1)
    screen.getByText('After this one: 1 more')
    cleanup()
    world.happen(consentAnswered, directAudience(AIGUL), { ...all, agreed: false }, AIGUL)
    void renderCase(world, AIGUL, <Asked />)
    expect(screen.getAllByRole('button', { name: 'I do not agree' })).toHaveLength(1)
    expect(screen.queryByText(/After this one/)).toBeNull()
  })

  it('[ROO-105] is shown to nobody else', () => {
    const world = withObserver()
      .enter(PAVEL)
      .happen(consentAsked, sideAudience(BEREKE), own)
      .happen(consentAsked, directAudience(AIGUL), all)
    void renderCase(world, PAVEL, <Asked />)
    expect(document.body.textContent).toBe('')
  })
})

describe('the card of the mediator', () => {
  const t = testTranslate('en')

  it('[ROO-104] lets nobody in who was not agreed to, and says whose answer it is still waiting for', () => {
    const world = withObserver()
    void renderCase(world, MED, <GrantsCard />)
    expect(screen.queryByRole('button', { name: new RegExp(`^${t('rooms.grants.let-in')}`) })).toBeNull()
    expect(screen.getAllByText(t('rooms.grants.needs-consent')).length).toBe(2)
    expect(screen.getAllByText(t('rooms.grants.nobody-to-ask')).length).toBe(1) // Pavel has not come
    cleanup()
    world.happen(consentAsked, sideAudience(BEREKE), own)
    void renderCase(world, MED, <GrantsCard />)
    screen.getByText(t('rooms.grants.consent.open', { side: 'Береке' }))
    // whoever is here was asked: what is waited for is their answer
    expect(screen.getAllByRole('button', { name: new RegExp(`^${t('rooms.grants.ask')},`) })).toHaveLength(1)
    cleanup()
    world.happen(consentAnswered, sideAudience(BEREKE), { ...own, agreed: true }, AIGUL)
    void renderCase(world, MED, <GrantsCard />)
    expect(screen.getAllByRole('button', { name: new RegExp(`^${t('rooms.grants.let-in')}`) })).toHaveLength(1)
    cleanup()
    world.happen(consentAnswered, sideAudience(BEREKE), { ...own, agreed: false }, AIGUL)
    void renderCase(world, MED, <GrantsCard />)
    screen.getByText(t('rooms.grants.consent.refused', { side: 'Береке' }))
    expect(screen.queryByRole('button', { name: new RegExp(`^${t('rooms.grants.let-in')}`) })).toBeNull()
  })

  it('[ROO-102] says for how long somebody is in, as their grant says it', () => {
    const grantId = asId<GrantId>('g'.padEnd(22, '_'))
    for (const [time, words] of [
      [{}, t('rooms.grants.open')],
      [{ withSession: true, until: 99_000_000 }, t('rooms.grants.with-session')],
    ] as const) {
      const world = withObserver()
        .happen(grantGiven, 'all', { grantId, participantId: observer, role: 'observer', from: 1, ...time })
        .happen(roomJoined, 'all', { participantId: observer, grantId })
      void renderCase(world, MED, <GrantsCard />)
      screen.getByText(words)
      cleanup()
    }
  })
})

it('[ROO-100] a time of day is the next one that a clock here shows', () => {
  const noon = new Date(2026, 10, 29, 12, 0).getTime()
  expect(clockTime('12:30', noon)).toBe(noon + 30 * 60_000)
  expect(clockTime('11:30', noon)).toBe(new Date(2026, 10, 30, 11, 30).getTime())
  for (const text of ['', '24:00', '12:60', '1230', '12:3']) expect(clockTime(text, noon)).toBeUndefined()
})
