// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { MED, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { mediationEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { SessionControls } from './SessionControls.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const inSession = () => smallCase().confirm(MED).happen(sessionStarted, 'case', {})
const press = (name: string, where = within(document.body)) => fireEvent.click(where.getByRole('button', { name }))

describe('what asks before something ends', () => {
  it.each(LOCALES)(
    '[UI-123] the mediation is ended as one without an agreement, and it is said how one ends with it: %s',
    async (locale) => {
      const say = testTranslate(locale)
      const { sent, timePasses } = renderCase(inSession(), MED, <SessionControls />, { locale })
      press(say('rooms.mediation.end'))
      const dialog = within(screen.getByRole('dialog', { name: say('rooms.mediation.end-title') }))
      dialog.getByText(say('rooms.mediation.agreed'))
      expect(dialog.getAllByRole('radio')).toHaveLength(4)
      expect(dialog.getByRole<HTMLButtonElement>('button', { name: say('rooms.mediation.end-do') }).disabled).toBe(true)
      fireEvent.click(dialog.getByRole('radio', { name: say('rooms.mediation.ground.expired') }))
      press(say('rooms.mediation.end-do'), dialog)
      await timePasses(0)
      expect(sent.map(({ input }) => input)).toEqual([{ ground: 'expired' }])
    },
  )

  it.each(LOCALES)('[UI-123] the safe button says that the talk goes on, and ends nothing: %s', (locale) => {
    const say = testTranslate(locale)
    const { sent } = renderCase(inSession(), MED, <SessionControls />, { locale })
    for (const [open, stay] of [
      ['rooms.session.end', 'rooms.session.go-on'],
      ['rooms.mediation.end', 'rooms.mediation.go-on'],
    ] as const) {
      press(say(open))
      press(say(stay), within(screen.getByRole('dialog')))
      expect(screen.queryByRole('dialog')).toBeNull()
    }
    expect(sent).toEqual([])
  })

  it.each(LOCALES)('[UI-123] a case that has come to an agreement is closed, or stays open: %s', (locale) => {
    const say = testTranslate(locale)
    const { sent } = renderCase(inSession().happen(mediationEnded, 'case', { ground: 'settled' }), MED, <SessionControls />, { locale })
    press(say('rooms.case.close'))
    const dialog = within(screen.getByRole('dialog'))
    dialog.getByRole('button', { name: say('rooms.case.close-do') })
    press(say('rooms.case.close-not'), dialog)
    expect(sent).toEqual([])
    expect(screen.queryByRole('button', { name: say('rooms.mediation.end') })).toBeNull()
  })
})
