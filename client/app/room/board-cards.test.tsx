// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { MED, smallCase } from '#client/app/testing/small-case.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { testTranslate } from '#client/i18n/testing.tsx'
import { signedInServer } from '#client/identity/testing/signed-in.tsx'
import { sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { BoardCards } from './BoardCards.tsx'

afterEach(cleanup)

const t = testTranslate('en')

it('[CAU-170] who is ready to sign is shown once there was a session, and between two of them', () => {
  const world = smallCase().confirm(MED)
  const shown = () => {
    cleanup()
    void renderCase(
      world,
      MED,
      <ToolsProvider tools={signedInServer().tools}>
        <BoardCards />
      </ToolsProvider>,
    )
    return screen.queryByText(t('caucus.board.ready')) !== null
  }
  expect(shown()).toBe(false)
  world.happen(sessionStarted, 'case', {})
  expect(shown()).toBe(true)
  world.happen(sessionEnded, 'case', {})
  expect(shown()).toBe(true)
})
