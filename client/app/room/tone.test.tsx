// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { renderCase, roomIn } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, smallCase } from '#client/app/testing/small-case.ts'
import type { TextLoader } from '#client/app/text-loading.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { RoomComposer } from '#client/messaging/RoomComposer.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { Tone } from './Tone.tsx'

beforeAll(() => {
  addDialog()
  window.matchMedia ??= () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
})
afterEach(() => {
  cleanup()
  fetched.length = 0
})

const fetched: unknown[] = []
const ALL_TEXTS = { need: async (...groups: unknown[]) => void fetched.push(...groups) } as unknown as TextLoader // they are here already
const HARD = 'Вы всегда врёте'

function shown(audience: Audience, locale: (typeof LOCALES)[number] = 'ru') {
  const world = smallCase().happen(sessionStarted, 'case', {})
  world.enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', sideAudience(BEREKE)).confirm(MED).join(MED, sideAudience(BEREKE))
  const room = roomIn(world, AIGUL, audience)
  const { sent } = renderCase(
    world,
    AIGUL,
    <TextLoaderContext value={ALL_TEXTS}>
      <Tone room={room} />
      <RoomComposer room={room} alone={false} />
    </TextLoaderContext>,
    { locale },
  )
  const write = (text: string) => fireEvent.change(screen.getByRole('textbox'), { target: { value: text } })
  return { sent, write, t: testTranslate(locale) }
}

describe('a hint about words that close an ear', () => {
  it.each(LOCALES)(
    '[TON-2] stands beside what is written to all, says that its writer alone sees it, and sends nothing: %s',
    async (locale) => {
      const { sent, write, t } = shown('all', locale)
      write('Добрый день. Предлагаем встретиться в четверг.')
      write(HARD)
      expect(await screen.findByText(t('tone.only-you'))).toBeTruthy()
      expect(screen.getByText(t('tone.person', { words: 'врёте' }))).toBeTruthy()
      write('Вы всегда опаздываете')
      expect(screen.getByText(t('tone.always', { words: 'Вы всегда' }))).toBeTruthy()
      write('В марте оплаты не было')
      expect(screen.queryByText(t('tone.only-you'))).toBeNull()
      expect(sent).toEqual([])
    },
  )

  it('[TON-2] keeps nobody from sending, and the words go as they were written', async () => {
    const { sent, write, t } = shown('all')
    write(HARD)
    await screen.findByText(t('tone.only-you'))
    fireEvent.click(screen.getByRole('button', { name: t('messaging.all.send') }))
    fireEvent.click(await screen.findByRole('button', { name: t('messaging.all.send') }))
    expect(sent).toEqual([]) // the seconds in which it can be taken back
    expect(screen.queryByText(t('tone.only-you'))).toBeNull()
    expect(screen.getByText(t('messaging.held.all'))).toBeTruthy()
  })

  it('[TON-3] hidden, it stays away from this message, and is there again at the next', async () => {
    const { write, t } = shown('all')
    write(HARD)
    fireEvent.click(await screen.findByRole('button', { name: t('tone.hide') }))
    write(`${HARD}!!!`)
    expect(screen.queryByText(t('tone.only-you'))).toBeNull()
    write('')
    write(HARD)
    expect(await screen.findByText(t('tone.only-you'))).toBeTruthy()
  })

  it('[TON-4] what is written where no other side reads is not looked at', () => {
    const { write, t } = shown(sideAudience(BEREKE))
    write(HARD)
    expect(fetched).toEqual([])
    expect(screen.queryByText(t('tone.only-you'))).toBeNull()
  })
})
