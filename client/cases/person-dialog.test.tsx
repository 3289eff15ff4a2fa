// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import './reasons.ts'
import { ok, refused, testServer } from '#client/http/testing.ts'
import { ToolsProvider, useTools } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { type AddedPerson, casePersonCorrect } from '#shared/cases/case-routes.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { PersonDialog } from './PersonDialog.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const id = <T extends CaseId | ParticipantId | CommandId>(name: string) => asId<T>(name.padEnd(22, 'A'))
const first = { name: 'Айгүл', role: 'party', authority: '', language: 'kk', phone: '', email: '' } as const
const sent = { caseId: id<CaseId>('case'), participantId: id<ParticipantId>('aigul'), commandId: id<CommandId>('command') }

function Correcting() {
  const { api } = useTools()
  const send = async ({ role: _role, phone = '', email = '', ...facts }: AddedPerson) => {
    await api.call(casePersonCorrect, { ...sent, ...facts, phone, email })
  }
  return <PersonDialog title="Correct" note="Everybody sees it" action="Save" first={first} send={send} onClose={() => undefined} />
}

/** What is said to have been done, and what not. */
const HALVES = { kk: /түзетілді.*сақталмады/, ru: /исправлены.*не сохранились/, en: /are corrected.*were not saved/ } as const

describe('the dialog about one person', () => {
  it.each(LOCALES)('[CAS-16] says which half stands when the other could not be saved (%s), and keeps what was typed', async (locale) => {
    const server = testServer()
    const line = 'PUT /api/cases/caseAAAAAAAAAAAAAAAAAA/people/aigulAAAAAAAAAAAAAAAAA'
    server.on(line, () => refused(503, { kind: 'unavailable', reason: 'cases/contacts-not-saved' }))
    renderWithTexts(
      <ToolsProvider tools={server.tools}>
        <Correcting />
      </ToolsProvider>,
      { locale },
    )
    const [name] = screen.getAllByRole<HTMLInputElement>('textbox')
    if (!name) throw new Error('no field')
    fireEvent.change(name, { target: { value: 'Айгүл Серікқызы' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect((await screen.findByText(HALVES[locale])).textContent).toBeTruthy()
    expect(name.value).toBe('Айгүл Серікқызы')
    server.on(line, () => ok({}))
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await expect.poll(() => screen.queryByText(HALVES[locale])).toBeNull()
  })
})
