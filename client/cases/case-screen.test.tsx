// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { ok, TEST_NOW } from '#client/http/testing.ts'
import { renderSignedIn, signedInServer } from '#client/identity/testing/signed-in.tsx'
import type { CasePhase } from '#shared/cases/phases.ts'
import { SMALL_CASE } from '#shared/cases/testing/opened.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { CaseScreen } from './CaseScreen.tsx'

afterEach(cleanup)

const caseId = asId<CaseId>('caseAAAAAAAAAAAAAAAAAA')

it.each<[CasePhase, RegExp]>([
  ['preparing', /The parties wait until you admit them/],
  ['mediating', /The parties wait until you admit them/],
  ['performing', /ended with an agreement/],
  ['closed', /The case is closed/],
])('[UI-122] in the phase "%s" the door says what is true of the room', async (phase, words) => {
  const server = signedInServer()
  const { title, category } = SMALL_CASE
  const summary = { caseId, title, category, openedAt: TEST_NOW, sides: ['A', 'B'], phase, inSession: false }
  server.on(`GET /api/cases/${caseId}`, () =>
    ok({
      summary: { ...summary, mediatorParticipantId: 'mediatorAAAAAAAAAAAAAA' },
      facts: { ...SMALL_CASE, sides: [], people: [] },
      corrections: [],
    }),
  )
  server.on(`GET /api/cases/${caseId}/invitations`, () => ok({ invitations: [], gateways: { mail: false, sms: false } }))
  renderSignedIn(server, <CaseScreen caseId={caseId} />)
  await screen.findByText(words)
  expect(screen.queryAllByText(/wait until you admit/)).toHaveLength(phase === 'preparing' || phase === 'mediating' ? 1 : 0)
})
