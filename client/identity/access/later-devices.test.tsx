// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { testId } from '#client/realtime/testing/history.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { type AccessChange, deviceAnswer } from '#shared/identity/access-protocol.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { LaterDevices } from './LaterDevices.tsx'

const CASE = testId<CaseId>('case')
const [OWN, OTHER] = ['own'.padEnd(22, '_'), 'other'.padEnd(22, '_')]
beforeAll(addDialog)
afterEach(cleanup)

const bound = (deviceId: string, device: string, code: 'read-out' | 'mail' = 'read-out'): AccessChange => ({
  ...{ what: 'device-bound', deviceId, device, code },
})

function show(changes: readonly AccessChange[], { own = OWN, locale = 'en' as 'en' | 'ru' | 'kk' } = {}) {
  const answers: unknown[] = []
  let looked = 0
  const api = {
    async call(route: unknown, input: unknown) {
      if (route !== deviceAnswer) {
        looked++
        return { deviceId: own }
      }
      answers.push(input)
      return {}
    },
  } as unknown as AuthorisedApi // the two calls that are made here
  const entries = changes.map((change, at) => ({ ...change, at: Date.UTC(2026, 10, 28, 9, at) }))
  renderWithTexts(<LaterDevices access={{ entries }} caseId={CASE} api={api} />, { locale })
  return { answers, looked: () => looked }
}

describe('a device that came in as this person', () => {
  it('[IDE-57] is asked about on the earlier one: which, when, and who knew its code', async () => {
    const { answers } = show([bound(OWN, 'Chrome, Android'), bound(OTHER, 'Firefox, Windows')])
    const question = await screen.findByRole('alert')
    for (const told of ['Firefox, Windows', '28.11.2026', 'The mediator read the code out, and so knew it.'])
      expect(question.textContent).toContain(told)
    fireEvent.click(screen.getByRole('button', { name: 'It is me' }))
    await waitFor(() => expect(answers).toEqual([{ caseId: CASE, deviceId: OTHER, mine: true }]))
  })

  it('[IDE-57] is ended by "It is not me" only after its consequence was read', async () => {
    const { answers } = show([bound(OWN, 'Chrome, Android'), bound(OTHER, 'Firefox, Windows', 'mail')])
    fireEvent.click(await screen.findByRole('button', { name: 'It is not me' }))
    expect(answers).toEqual([])
    screen.getByText(/leaves the case at once/)
    fireEvent.click(screen.getByRole('button', { name: 'End it', hidden: true }))
    await waitFor(() => expect(answers).toEqual([{ caseId: CASE, deviceId: OTHER, mine: false }]))
  })

  it.each<readonly [string, readonly AccessChange[], string]>([
    ['it is this one', [bound(OWN, 'Chrome, Android')], OWN],
    ['it is an earlier one', [bound(OTHER, 'Firefox, Windows'), bound(OWN, 'Chrome, Android')], OWN],
    ['it was confirmed', [bound(OWN, 'Chrome'), bound(OTHER, 'Firefox'), { what: 'device-confirmed', deviceId: OTHER, with: OWN }], OWN],
  ])('[IDE-57] is not asked about when %s', async (_why, changes, own) => {
    const { looked } = show(changes, { own })
    await waitFor(() => expect(looked()).toBe(1))
    await act(async () => undefined) // what was answered is drawn
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each(LOCALES)('[IDE-57] is asked about in the person’s language: %s', async (locale) => {
    show([bound(OWN, 'Chrome'), bound(OTHER, 'Firefox')], { locale })
    expect((await screen.findAllByRole('button')).length).toBe(2)
  })
})
