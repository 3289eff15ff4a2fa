// @vitest-environment jsdom
// What is said where somebody came late, and to whom opening earlier messages is offered.
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { testId } from '#client/realtime/testing/history.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type GrantId, type ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { earlierOpen, earlierOpened, grantGiven, roomJoined } from '#shared/rooms/room-protocol.ts'
import { LateLine } from './LateLine.tsx'

addDialog()
afterEach(cleanup)

const ROOM = sideAudience(DALA)
const grantId = asId<GrantId>(testId<CommandId>('grant'))

/** Pavel and the mediator have talked; then Maria came. */
const scene = () =>
  smallCase()
    .enter(PAVEL)
    .enter(MARIA)
    .join(MED, ROOM, 'all')
    .join(PAVEL, ROOM, 'all')
    .say(PAVEL, ROOM, 'Біз жеңілдікке барамыз')
    .say(MED, ROOM, 'Түсіндім')
    .say(MED, ROOM, 'Жарайды')
    .happen(grantGiven, ROOM, { grantId, participantId: MARIA, role: 'representative', from: 1, words: 'from-joining' })
    .happen(roomJoined, ROOM, { participantId: MARIA, grantId })

const shown = (world: ReturnType<typeof scene>, viewer: ParticipantId, locale: (typeof LOCALES)[number] = 'en') => {
  cleanup()
  const { sent } = renderCase(world, viewer, <LateLine audience={ROOM} person={MARIA} />, { locale })
  return sent
}

describe.each(LOCALES)('[ROO-83] a late reader (%s)', (locale) => {
  const t = testTranslate(locale)
  const words = (key: 'you' | 'they', reach: 'none' | 'part' | 'whole') =>
    key === 'you' ? t(`rooms.late.you.${reach}`) : t(`rooms.late.they.${reach}`, { name: 'Мария Жук' })

  it('[ROO-83] is told what they read, as are those who are there; what is told follows what is opened', () => {
    const world = scene()
    for (const [reach, from] of [
      ['none', undefined],
      ['part', 2],
      ['whole', 1],
    ] as const) {
      if (from !== undefined) world.happen(earlierOpened, ROOM, { participantId: MARIA, from }, PAVEL)
      shown(world, MARIA, locale)
      expect(document.body.textContent).toContain(words('you', reach))
      shown(world, PAVEL, locale)
      expect(document.body.textContent).toContain(words('they', reach))
    }
  })

  it('[ROO-83] the side may open what was said before, and nobody else is offered it', () => {
    const world = scene()
    const offered = (viewer: ParticipantId) => {
      shown(world, viewer, locale)
      return screen.queryByRole('button', { name: t('rooms.late.open') }) !== null
    }
    expect([offered(PAVEL), offered(MED), offered(MARIA)]).toEqual([true, false, false])
    world.happen(earlierOpened, ROOM, { participantId: MARIA, from: 1 }, PAVEL)
    expect(offered(PAVEL)).toBe(false)
  })

  it('[ROO-83] [ROO-82] opening says who learns of it, and is sent for this person and room', async () => {
    const sent = shown(scene(), PAVEL, locale)
    fireEvent.click(screen.getByRole('button', { name: t('rooms.late.open') }))
    expect(screen.getByText(t('rooms.late.words.own'))).toBeTruthy()
    fireEvent.click(screen.getAllByRole('button', { name: t('rooms.late.open') }).at(-1) as HTMLElement) // the one in the dialog
    await vi.waitFor(() =>
      expect(sent.map(({ name, input }) => ({ name, input }))).toEqual([
        { name: earlierOpen.name, input: { audience: ROOM, participantId: MARIA, from: 1 } },
      ]),
    )
  })
})
