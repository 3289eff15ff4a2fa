// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
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

/** Its switch stands inside. */
function SwitchInside() {
  const [of, setOf] = useState('one')
  return (
    <PartBoundary of={of}>
      <button type="button" onClick={() => setOf('two')}>
        switch
      </button>
      {of === 'one' && <Part />}
    </PartBoundary>
  )
}

/** Its switch stands beside. */
function SwitchBeside() {
  const [of, setOf] = useState('one')
  return (
    <>
      <button type="button" onClick={() => setOf('two')}>
        switch
      </button>
      <PartBoundary of={of}>{of === 'one' ? <Part /> : <p>another</p>}</PartBoundary>
    </>
  )
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
      expect(screen.queryByText(t('ui.problem.offline')) !== null).toBe(kind === 'chunk')
      fireEvent.click(screen.getByRole('button', { name: t('ui.part.again') }))
      screen.getByText(t('ui.part.title'))
      wrong = { kind: 'nothing' }
      fireEvent.click(screen.getByRole('button', { name: t('ui.part.again') }))
      screen.getByText('the part')
    },
  )

  it('[UI-26] is tried anew when it shows another thing, and keeps its place and focus while it is whole', () => {
    wrong = { kind: 'nothing' }
    renderWithTexts(<SwitchInside />)
    const button = screen.getByRole('button', { name: 'switch' })
    button.focus()
    fireEvent.click(button)
    expect(document.activeElement).toBe(button)
    expect(button.isConnected).toBe(true)
  })

  it('[UI-26] a broken one is whole again when it shows another thing', () => {
    wrong = { kind: 'render' }
    renderWithTexts(<SwitchBeside />)
    screen.getByText(t('ui.part.title'))
    fireEvent.click(screen.getByRole('button', { name: 'switch' }))
    screen.getByText('another')
  })
})
