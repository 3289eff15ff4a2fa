// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { TEST_NOW } from '#client/http/testing.ts'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { Corrections } from './Corrections.tsx'

const pavel = asId<ParticipantId>('pavelAAAAAAAAAAAAAAAAA')
afterEach(cleanup)

it('[CAS-37] what was and what is stand side by side, the latest first; what there was not is said so', () => {
  const shown = renderWithTexts(
    <Corrections
      nameOf={() => 'Павел Ким'}
      corrections={[
        { what: 'number', was: '', is: '14/2026', at: TEST_NOW },
        { what: 'title', was: 'Береке — Кин', is: 'Береке — Ким', at: TEST_NOW },
        { what: 'authority', participantId: pavel, was: '', is: 'доверенность № 3', at: TEST_NOW },
        { what: 'name', participantId: pavel, was: 'Павел Кин', is: 'Павел Ким', at: TEST_NOW + 1 },
      ]}
    />,
  )
  const text = shown.container.textContent ?? ''
  expect(text.indexOf('was: Павел Кин')).toBeLessThan(text.indexOf('was: Береке — Кин'))
  screen.getByText('is: Береке — Ким')
  expect(screen.getAllByText('was: not named')).toHaveLength(2)
  screen.getByText('is: 14/2026')
  screen.getByText(/^Case number/)
  screen.getByText(/Power to act: Павел Ким/)
})

it('[CAS-37] nothing is drawn where nothing was corrected', () => {
  expect(renderWithTexts(<Corrections corrections={[]} nameOf={() => ''} />).container.textContent).toBe('')
})
