// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useEffect } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { PartBoundary } from './PartBoundary.tsx'

const t = testTranslate('en')
let wrong: { kind: 'render' | 'effect' | 'chunk' | 'nothing' } = { kind: 'nothing' }

function Part() {
  if (wrong.kind === 'render') throw new Error('broken')
  if (wrong.kind === 'chunk') throw new TypeError('Failed to fetch dynamically imported module: /assets/x.js')
  useEffect(() => {
    if (wrong.kind === 'effect') throw new Error('broken')
  }, [])
  return <p>the part</p>
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined) // React tells of every caught error
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

describe('a part of a screen', () => {
  it.each(['render', 'effect', 'chunk'] as const)(
    '[UI-26] that breaks (%s) leaves the others, says so, and can be opened again',
    (kind) => {
      wrong = { kind }
      renderWithTexts(
        <>
          <p>the neighbour</p>
          <PartBoundary>
            <Part />
          </PartBoundary>
        </>,
      )
      expect(screen.queryByText('the part')).toBeNull()
      screen.getByText('the neighbour')
      screen.getByText(t('ui.part.title'))
      expect(screen.queryByText(t('ui.problem.unsupported')) !== null).toBe(kind === 'chunk')
      fireEvent.click(screen.getByRole('button', { name: t('ui.part.again') }))
      screen.getByText(t('ui.part.title'))
      wrong = { kind: 'nothing' }
      fireEvent.click(screen.getByRole('button', { name: t('ui.part.again') }))
      screen.getByText('the part')
    },
  )
})
