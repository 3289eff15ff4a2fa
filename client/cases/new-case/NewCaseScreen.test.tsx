// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useLocation } from 'wouter'
import { type Answer, ok, refused, TEST_NOW, type TestServer } from '#client/http/testing.ts'
import { ProfileScreen } from '#client/identity/staff/ProfileScreen.tsx'
import { renderSignedIn, signedInServer, TEST_ACCOUNT, TEST_SESSION } from '#client/identity/testing/signed-in.tsx'
import { asId, type UnfinishedId } from '#shared/kernel/ids.ts'
import { emptyCaseForm, unfinishedOf } from './case-form.ts'
import { NewCaseScreen } from './NewCaseScreen.tsx'

let server: TestServer

/** As the address says. */
function Screen() {
  const [path] = useLocation()
  const [, shown] = /^\/office\/new\/([\w-]{22})$/.exec(path) ?? []
  return <NewCaseScreen id={shown === undefined ? undefined : asId<UnfinishedId>(shown)} />
}

async function show(address?: string) {
  if (address !== undefined) window.history.replaceState(null, '', `/office/new/${address}`)
  renderSignedIn(server, <Screen />)
  return await screen.findByRole('button', { name: 'Open the case' })
}

function fill(label: string | RegExp, text: string, at = 0) {
  const field = screen.getAllByLabelText(label)[at]
  if (!field) throw new Error(`no field ${label}`)
  fireEvent.change(field, { target: { value: text } })
}

const id = () => window.location.pathname.split('/')[3] ?? ''
const save = () => `PUT /api/unfinished-cases/${id()}`
const EMPTY = unfinishedOf(emptyCaseForm({ today: '2026-11-22', language: 'en' }))

/** Whether the browser asks before this page closes. */
function leaving(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event.defaultPrevented
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
    window.history.replaceState(null, '', '/office/new')
    await show()
    expect(screen.getByLabelText<HTMLInputElement>('Name of the case').value).toBe('')
  })

  it('[ACC-130] the sides are told apart by their number, and each side’s people by theirs', async () => {
    await show()
    const second = within(screen.getByRole('region', { name: 'Side 2' }))
    expect(screen.getAllByRole('region', { name: /^Side \d$/ })).toHaveLength(2)
    second.getByRole('group', { name: 'Participant 1' })
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

  it('[JOI-40] what is typed is saved on the server and nowhere else, called saved only then, and found again by its address', async () => {
    await show()
    const saving: { version: number; form: { title: string } }[] = []
    server.on(save(), (body) => {
      saving.push(body as (typeof saving)[number])
      return ok({ version: saving.length, savedAt: TEST_NOW })
    })
    fill('Name of the case', 'Half')
    expect(id()).toMatch(/^[\w-]{22}$/)
    server.on(save(), (body) => {
      saving.push(body as (typeof saving)[number])
      fill('Name of the case', 'Half of it') // typed while the first is on its way
      server.on(save(), (next) => {
        saving.push(next as (typeof saving)[number])
        return ok({ version: 2, savedAt: TEST_NOW })
      })
      return ok({ version: 1, savedAt: TEST_NOW })
    })
    expect(screen.queryByText(/Saved at/)).toBeNull()
    await server.timers.run()
    await waitFor(() => expect(saving).toHaveLength(1))
    screen.getByText('Saving…')
    await server.timers.run()
    await screen.findByText(/Saved at/)
    expect(saving.map(({ version, form }) => [version, form.title])).toEqual([
      [0, 'Half'],
      [1, 'Half of it'],
    ])
    expect([server.storage.kept.size, window.localStorage.length, window.sessionStorage.length]).toEqual([0, 0, 0])
    expect(leaving()).toBe(false)
    const form = saving[1]?.form
    const address = id()
    cleanup()
    server = signedInServer() // the page was loaded anew
    server.on(`GET /api/unfinished-cases/${address}`, () => ok({ form, version: 2, savedAt: TEST_NOW }))
    await show(address)
    expect(screen.getByLabelText<HTMLInputElement>('Name of the case').value).toBe('Half of it')
  })

  it('[JOI-40] without a connection it is called not saved, closing warns, and it goes out once there is one', async () => {
    await show()
    fill('Name of the case', 'Half of it')
    server.on(save(), () => 'no connection')
    expect(leaving()).toBe(true)
    await server.timers.run()
    await screen.findByText('Not saved')
    expect(leaving()).toBe(true)
    server.on(save(), () => ok({ version: 1, savedAt: TEST_NOW }))
    await server.timers.run()
    await screen.findByText(/Saved at/)
    expect(screen.queryByText('Not saved')).toBeNull()
  })

  it('[JOI-40] what another tab has saved is not overwritten: it is said, and can be loaded', async () => {
    await show()
    fill('Name of the case', 'here')
    server.on(save(), () => refused(409, { kind: 'conflict', reason: 'cases/changed-elsewhere' }))
    await server.timers.run()
    await screen.findByText(/changed in another tab/)
    server.on(`GET /api/unfinished-cases/${id()}`, () => ok({ form: { ...EMPTY, title: 'there' }, version: 7, savedAt: TEST_NOW }))
    fireEvent.click(screen.getByRole('button', { name: 'Load it anew' }))
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Name of the case').value).toBe('there'))
  })

  it('[JOI-41] opening sends the id of the form, and nothing of it afterwards', async () => {
    await show()
    fillCase('Aigul', 'Pavel')
    const address = id()
    let answer: (value: Answer) => void = () => undefined
    server.on(save(), () => new Promise<Answer>((resolve) => (answer = resolve)))
    await server.timers.run()
    server.on('POST /api/cases', () => ok({ caseId: 'caseAAAAAAAAAAAAAAAAAA' }))
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    const opened = () => server.asked.filter(({ line }) => line === 'POST /api/cases')
    await waitFor(() => expect(server.asked.at(-1)?.line).toBe(`PUT /api/unfinished-cases/${address}`))
    expect(opened()).toEqual([]) // what is on its way arrives first, or it would bring the form back
    answer(ok({ version: 1, savedAt: TEST_NOW }))
    await waitFor(() => expect(window.location.pathname).toBe('/office/cases/caseAAAAAAAAAAAAAAAAAA'))
    expect(opened()).toMatchObject([{ body: { unfinishedId: address } }])
    cleanup()
    expect(server.asked.at(-1)?.line).toBe('POST /api/cases')
  })

  it('[JOI-42] a profile that lacks something is named above the form, and by the refusal; the way there knows the way back', async () => {
    server.on('POST /api/staff/session/refresh', () =>
      ok({ ...TEST_SESSION, account: { ...TEST_ACCOUNT, profile: { ...TEST_ACCOUNT.profile, registerNumber: '' } } }),
    )
    await show()
    screen.getByText('First your profile')
    fillCase('Aigul', 'Pavel')
    const address = id()
    server.on('POST /api/cases', () => refused(409, { kind: 'conflict', reason: 'cases/profile-incomplete' }))
    fireEvent.click(screen.getByRole('button', { name: 'Open the case' }))
    await screen.findByRole('alert')
    expect(screen.getAllByText('First your profile')).toHaveLength(1)
    fireEvent.click(screen.getByRole('button', { name: 'Fill in the profile' }))
    expect([window.location.pathname, window.history.state]).toEqual(['/office/profile', { back: `/office/new/${address}` }])
    cleanup()
    renderSignedIn(server, <ProfileScreen />)
    const changed = { ...TEST_ACCOUNT, profile: { ...TEST_ACCOUNT.profile, registerNumber: '№ 27' } }
    server.on('PUT /api/staff/profile', () => ok(changed))
    fireEvent.change(await screen.findByLabelText('Number in the register of mediators'), { target: { value: '№ 27' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(window.location.pathname).toBe(`/office/new/${address}`))
  })
})
