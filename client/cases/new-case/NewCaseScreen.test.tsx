// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, refused, type TestServer } from '#client/http/testing.ts'
import { renderSignedIn, signedInServer } from '#client/identity/testing/signed-in.tsx'
import { NewCaseScreen } from './NewCaseScreen.tsx'

let server: TestServer

async function show() {
  renderSignedIn(server, <NewCaseScreen />)
  return await screen.findByRole('button', { name: 'Open the case' })
}

function fill(label: string | RegExp, text: string, at = 0) {
  const field = screen.getAllByLabelText(label)[at]
  if (!field) throw new Error(`no field ${label}`)
  fireEvent.change(field, { target: { value: text } })
}

/** Everything that a case needs, with these two people. */
function fillCase(one: string, two: string, title = 'Bereke') {
  fill('Name of the case', title)
  fill('Kind of dispute', 'supply')
  fill('Subject of the dispute', 'Delivery')
  fill('Place', 'Petropavl')
  fill('Full name', one)
  fill('Full name', two, 1)
}

beforeEach(() => {
  server = signedInServer()
  window.history.replaceState(null, '', '/office/new')
})
afterEach(cleanup)

describe('opening a case', () => {
  it('[JOI-20] nothing goes out while a field is missing, and the first of them has the focus', async () => {
    fireEvent.click(await show())
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name of the case')))
    expect(screen.getAllByText('Fill this in.')).toHaveLength(8)
    expect(server.asked.some(({ line }) => line === 'POST /api/cases')).toBe(false)
    fill('Name of the case', 'Bereke')
    expect(screen.getAllByText('Fill this in.')).toHaveLength(7)
  })

  it('[JOI-20] a field that the server refuses is marked; an opened case is the next page, and the form is empty again', async () => {
    await show()
    fillCase('Aigul', 'Pavel')
    server.on('POST /api/cases', () => refused(422, { kind: 'invalid', field: 'sides.1.name' }))
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    await waitFor(() => expect(document.activeElement).toBe(screen.getAllByLabelText('Full name')[1]))
    server.on('POST /api/cases', () => ok({ caseId: 'caseAAAAAAAAAAAAAAAAAA' }))
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    await waitFor(() => expect(window.location.pathname).toBe('/office/cases/caseAAAAAAAAAAAAAAAAAA'))
    cleanup()
    await show()
    expect(screen.getByLabelText<HTMLInputElement>('Name of the case').value).toBe('')
  })

  it('[CHR-11] a name that the agreement cannot print is told under its field before anything goes out; one press puts a look-alike right', async () => {
    await show()
    fillCase('北京公司', 'Ѳркен', 'Bereke\u00ad')
    fill('Telephone (optional)', '\u202a8\u00a0701\u2011123\u201345\u201367\u202c')
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    // each stands under the side and under the person who bears the same name
    expect(await screen.findAllByText(/“北” \(U\+5317\) cannot be printed/)).toHaveLength(2)
    expect(server.asked.some(({ line }) => line === 'POST /api/cases')).toBe(false)
    const [exchange] = screen.getAllByRole('button', { name: 'Change to “Ө”' })
    if (exchange) fireEvent.click(exchange)
    expect(screen.getAllByLabelText<HTMLInputElement>('Full name').map(({ value }) => value)).toContain('Өркен')
    expect(screen.queryByText(/looks like the Kazakh letter/)).toBeNull()
    server.on('POST /api/cases', () =>
      refused(422, { kind: 'invalid', field: 'sides.0.name', reason: 'text/marks', details: { place: 3 } }),
    )
    fill('Full name', 'Peking')
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    expect(await screen.findByText(/Too many marks stand on one letter here \(character 3/)).toBeTruthy()
  })

  it('[CHR-14] a profile that cannot be printed is named above the form', async () => {
    await show()
    fillCase('Aigul', 'Pavel')
    server.on('POST /api/cases', () => refused(409, { kind: 'conflict', reason: 'cases/own-profile' }))
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    expect(await screen.findByText(/Your own profile holds something/)).toBeTruthy()
  })

  it('[JOI-22] a half-filled form waits in memory, and nowhere else', async () => {
    await show()
    fill('Name of the case', 'Half of it')
    cleanup()
    await show()
    expect(screen.getByLabelText<HTMLInputElement>('Name of the case').value).toBe('Half of it')
    expect([server.storage.kept.size, window.localStorage.length, window.sessionStorage.length]).toEqual([0, 0, 0])
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
  })
})
