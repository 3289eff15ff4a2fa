// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { ok, refused, TEST_NOW } from '#client/http/testing.ts'
import { renderSignedIn, signedInServer } from '#client/identity/testing/signed-in.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import type { CaseSummary } from '#shared/cases/case-routes.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import { SMALL_CASE } from '#shared/cases/testing/opened.ts'
import type { Invitation } from '#shared/identity/invitation-protocol.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { CaseScreen } from './CaseScreen.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const caseId = asId<CaseId>('caseAAAAAAAAAAAAAAAAAA')

const SIDES = [
  { id: 'sideAAAAAAAAAAAAAAAAAA', kind: 'person', name: 'Айгүл Серік' },
  { id: 'sideBBBBBBBBBBBBBBBBBB', kind: 'person', name: 'Павел Ким' },
]
const PEOPLE = SIDES.map(({ id: sideId, name }, index) => ({
  id: `person${index}`.padEnd(22, 'A'),
  name,
  role: 'party',
  sideId,
  language: 'kk',
}))

/** The page of a case with these invitations, for its people in their order. */
function show(summary: Partial<CaseSummary>, invitations: readonly Partial<Invitation>[] = []) {
  const server = signedInServer()
  const { title, category } = SMALL_CASE
  const whole = { caseId, title, category, openedAt: TEST_NOW, sides: ['A', 'B'], phase: 'preparing', inSession: false }
  server.on(`GET /api/cases/${caseId}`, () =>
    ok({
      summary: { ...whole, mediatorParticipantId: 'mediatorAAAAAAAAAAAAAA', ...summary },
      facts: { ...SMALL_CASE, number: '2026-1', sides: SIDES, people: PEOPLE },
      corrections: [],
    }),
  )
  server.on(`GET /api/cases/${caseId}/read-out`, () => ok({ codes: [] }))
  server.on(`GET /api/cases/${caseId}/invitations`, () =>
    ok({
      invitations: invitations.map((each, index) => ({
        id: `invitation${index}`.padEnd(22, 'A'),
        caseId,
        participantId: PEOPLE[index]?.id,
        language: 'kk',
        contacts: { phone: '', email: '' },
        code: null,
        codeWays: [],
        reserved: [],
        deliveries: [],
        devices: [],
        ...each,
      })),
      gateways: { mail: false, sms: false },
    }),
  )
  renderSignedIn(server, <CaseScreen caseId={caseId} />)
  return server
}

it.each<[CasePhase, RegExp]>([
  ['preparing', /The parties wait until you admit them/],
  ['mediating', /The parties wait until you admit them/],
  ['performing', /ended with an agreement/],
  ['closed', /The case is closed/],
])('[UI-122] in the phase "%s" the door says what is true of the room', async (phase, words) => {
  show({ phase })
  await screen.findByText(words)
  expect(screen.queryAllByText(/wait until you admit/)).toHaveLength(phase === 'preparing' || phase === 'mediating' ? 1 : 0)
})

type States = readonly Invitation['state'][]
const CODE = { way: 'read-out', expiresAt: TEST_NOW + 60_000, triesLeft: 5 } as const

it.each<[string, Partial<CaseSummary>, States, string]>([
  ['nobody is invited: the first link', {}, ['made', 'made'], 'Send the link'],
  ['the first has a link: their code', {}, ['sent', 'made'], 'Give a code'],
  ['the first is in: the second link', {}, ['joined', 'made'], 'Send the link'],
  ['somebody is locked out: their new code', {}, ['made', 'locked'], 'Give a new code'],
  ['all are in: the room', {}, ['joined', 'joined'], 'Enter the room'],
  ['a session runs: the room', { phase: 'mediating', inSession: true }, ['joined', 'made'], 'Enter the room'],
  ['a session runs, somebody is locked out', { phase: 'mediating', inSession: true }, ['joined', 'locked'], 'Give a new code'],
  ['the mediation is over: the room', { phase: 'closed' }, ['made', 'made'], 'Enter the room'],
])('[UI-171] one button of the page of a case is filled, the next step: %s', async (_name, summary, states, next) => {
  show(
    summary,
    states.map((state) => ({ state, code: null })),
  )
  await screen.findByText('Enter the room')
  expect([...document.querySelectorAll('[data-kind=primary]')].map((each) => each.textContent)).toEqual([next])
})

it('[UI-171] whoever has link and code is waited for, and the next in the row comes', async () => {
  show({}, [{ state: 'sent', code: CODE }, { state: 'made' }])
  await screen.findByText('Enter the room')
  const filled = [...document.querySelectorAll('[data-kind=primary]')]
  expect(filled.map((each) => each.closest('li')?.textContent?.includes('Павел Ким'))).toEqual([true])
})

it('[CAS-170] the number is corrected beside where it stands; that a closed text has it on its paper is said in the dialog', async () => {
  const server = show({ phase: 'mediating' })
  let answer = refused(409, { kind: 'conflict', reason: 'cases/number-on-closed-text' })
  server.on(`PUT /api/cases/${caseId}/number`, () => answer)
  fireEvent.click(await screen.findByLabelText('Correct the case number'))
  const dialog = within(screen.getByRole('dialog', { name: 'Correct the case number' }))
  fireEvent.change(dialog.getByLabelText('Case number'), { target: { value: '14/2026' } })
  fireEvent.click(dialog.getByText('Save'))
  await dialog.findByText(/open the text again first/)
  answer = ok({})
  fireEvent.click(dialog.getByText('Save'))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  const sent = server.asked.filter(({ line }) => line.startsWith('PUT'))
  expect(sent.map(({ body }) => body)).toMatchObject([{ number: '14/2026' }, { number: '14/2026' }])
})

it.each<CasePhase>(['performing', 'closed'])('[CAS-170] once it is "%s" the number stays as it is', async (phase) => {
  show({ phase })
  await screen.findByText('Case number')
  expect(screen.queryByLabelText('Correct the case number')).toBeNull()
})
